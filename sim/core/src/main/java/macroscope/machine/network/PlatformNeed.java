package macroscope.machine.network;

import macroscope.machine.gpu.Gpu;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.ModelOperator;

/**
 * What a phase of inference needs of any machine in order to be done so many times a second: the
 * theoretical peak, of which real kernels reach a part (GenZ: Bambhaniya et al., arXiv 2406.01698).
 *
 * @param bytes that must be held: weights, and keys and values, inputs or states
 * @param bytesPerSecond that memory must deliver, each weight that is used and the cache once a step
 * @param operationsPerSecond of matrix units, two a multiply-accumulate
 */
public record PlatformNeed(double bytes, double bytesPerSecond, double operationsPerSecond) {

  /** Of a phase that is done within so many seconds. */
  public static PlatformNeed of(
      LanguageModel model, Inference phase, Precision precision, double seconds) {
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("seconds must be finite and above 0: " + seconds);
    }
    double cache = precision.cacheBytes(model, phase);
    double weights = precision.weightBytes(model);
    double macs = 0;
    double used = 0;
    for (ModelOperator operator : model.operators(phase)) {
      macs += (double) operator.count() * operator.macs();
      if (operator instanceof ModelOperator.Projection one) {
        double numbers = (double) one.gemm().n() * one.gemm().k() * one.matrices();
        used += one.count() * numbers * precision.weightBits(one) / 8;
      }
    }
    return new PlatformNeed(weights + cache, (used + cache) / seconds, 2 * macs / seconds);
  }

  /** Processors that have all of it at their peaks, and what decides. */
  public Processors processors(Gpu gpu, Precision precision) {
    double capacity = bytes / gpu.memory().dramBytes();
    double bandwidth = bytesPerSecond / (gpu.memory().dramGigabytesPerSecond() * 1e9);
    double compute = operationsPerSecond / (2 * gpu.peakMacsPerSecond(precision.type()));
    double most = Math.max(capacity, Math.max(bandwidth, compute));
    String by = most == capacity ? "capacity" : most == bandwidth ? "bandwidth" : "operations";
    return new Processors((long) Math.max(1, Math.ceil(most)), by);
  }

  /**
   * How many are needed.
   *
   * @param count at least 1
   * @param decidedBy what most are needed for
   */
  public record Processors(long count, String decidedBy) {}
}
