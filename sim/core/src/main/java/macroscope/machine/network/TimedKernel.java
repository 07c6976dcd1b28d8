package macroscope.machine.network;

import java.util.Optional;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.Gemm;
import macroscope.workload.ModelOperator;
import macroscope.workload.NetworkStep;
import macroscope.workload.ProductLayer;

/**
 * A kernel of a network on a machine of any kind.
 *
 * @param name what it computes
 * @param operator of the network's graph; empty for a shape
 * @param count how often it runs
 * @param gemm the product that it is, if it is one
 * @param matrices products of this shape
 * @param macs multiply-accumulates of products each time
 * @param seconds each time; empty if the machine has no model of it
 * @param externalBytes from and to external memory each time; empty if the machine has no model of it
 * @param bound what most of its time is spent on
 * @param mapping how it is cut; empty without a choice
 */
public record TimedKernel(
    String name,
    String operator,
    long count,
    Optional<Gemm> gemm,
    int matrices,
    long macs,
    Optional<Double> seconds,
    Optional<Double> externalBytes,
    String bound,
    String mapping) {

  /** A kernel of a graphics processor. */
  static TimedKernel of(KernelEstimate kernel, String graphOperator) {
    ModelOperator operator = kernel.operator();
    return new TimedKernel(
        operator.name(),
        graphOperator,
        operator.count(),
        gemm(operator),
        matrices(operator),
        operator.macs(),
        Optional.of(kernel.seconds()),
        Optional.of(kernel.dramBytes()),
        kernel.bound().toString(),
        kernel.mapping());
  }

  private static Optional<Gemm> gemm(ModelOperator operator) {
    if (operator instanceof ModelOperator.Projection one) {
      return Optional.of(one.gemm());
    }
    if (operator instanceof ModelOperator.Rematerialization one) {
      return Optional.of(one.gemm());
    }
    return operator instanceof ModelOperator.ActivationProduct one
        ? Optional.of(one.gemm())
        : Optional.empty();
  }

  private static int matrices(ModelOperator operator) {
    if (operator instanceof ModelOperator.Projection one) {
      return one.matrices();
    }
    return operator instanceof ModelOperator.ActivationProduct one ? one.batch() : 1;
  }

  /** A product. */
  static TimedKernel product(ProductLayer layer, long count, LayerTime time) {
    return new TimedKernel(
        layer.name(),
        "",
        count,
        Optional.of(layer.gemm()),
        layer.matrices(),
        layer.macs(),
        Optional.of(time.seconds()),
        time.externalBytes(),
        time.bound(),
        time.mapping());
  }

  /** What only reads and writes activations. */
  static TimedKernel stream(String name, long count, Optional<LayerTime> time) {
    return new TimedKernel(
        name,
        "",
        count,
        Optional.empty(),
        1,
        0,
        time.map(LayerTime::seconds),
        time.flatMap(LayerTime::externalBytes),
        time.map(LayerTime::bound).orElse(""),
        time.map(LayerTime::mapping).orElse(""));
  }

  /** A node of a graph. */
  static TimedKernel node(NetworkStep step, Optional<LayerTime> time) {
    TimedKernel kernel =
        step.product().isPresent() && time.isPresent()
            ? product(step.product().get(), 1, time.get())
            : stream(step.name(), 1, time);
    return kernel.as(step.operator());
  }

  private TimedKernel as(String graphOperator) {
    return new TimedKernel(
        name, graphOperator, count, gemm, matrices, macs, seconds, externalBytes, bound, mapping);
  }

  /** All times together; 0 if it is not timed. */
  public double totalSeconds() {
    return count * seconds.orElse(0.0);
  }

  /** Operations, two a multiply-accumulate, for each byte of external memory; empty without either. */
  public Optional<Double> intensity() {
    return externalBytes.filter(bytes -> macs > 0 && bytes > 0).map(bytes -> 2.0 * macs / bytes);
  }

  /** Operations a second; empty where it multiplies nothing. */
  public Optional<Double> operationsPerSecond() {
    return seconds.filter(time -> macs > 0).map(time -> 2.0 * macs / time);
  }
}
