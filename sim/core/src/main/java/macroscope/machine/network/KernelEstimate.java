package macroscope.machine.network;

import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Work;
import macroscope.workload.ModelOperator;

/**
 * One kernel of a network.
 *
 * @param operator what it computes
 * @param seconds each time, the gap to the kernel before included
 * @param dramBytes read and written each time
 * @param bound what most of its time is spent on
 * @param mapping tile and split of K; empty for kernels without a choice
 * @param work what it does each time, by level
 */
public record KernelEstimate(
    ModelOperator operator,
    double seconds,
    double dramBytes,
    Bound bound,
    String mapping,
    Work work) {

  /** All times together. */
  public double totalSeconds() {
    return operator.count() * seconds;
  }

  /** Operations (two a multiply-accumulate) for each byte of external memory; 0 without products. */
  public double intensity() {
    return 2.0 * operator.macs() / dramBytes;
  }

  /** Operations a second. */
  public double operationsPerSecond() {
    return 2.0 * operator.macs() / seconds;
  }
}
