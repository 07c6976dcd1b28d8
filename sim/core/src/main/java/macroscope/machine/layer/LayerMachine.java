package macroscope.machine.layer;

import java.util.Optional;
import macroscope.workload.ProductLayer;

/** A machine that predicts the time of each matrix product of a network. */
public interface LayerMachine {

  /** As files name it. */
  String name();

  /**
   * The time of a product.
   *
   * @return empty if the machine does not multiply operands of these formats
   */
  Optional<LayerTime> time(ProductLayer layer, LayerFormats formats);

  /** What it multiplies, in words, for a message that refuses something else. */
  String multiplies();

  /**
   * The time of an operator that only reads and writes activations: that of external memory, where the
   * machine's model has no vector unit.
   *
   * @return empty if it has no model of external memory either
   */
  default Optional<LayerTime> stream(long read, long written, LayerFormats formats) {
    double bytes = (read + written) * formats.activationBits() / Byte.SIZE;
    return outerBytesPerSecond()
        .filter(rate -> bytes > 0)
        .map(rate -> LayerTime.of(bytes / rate, LayerTime.MEMORY, "", Optional.of(bytes)));
  }

  /** What its model leaves out that makes the machine slower or faster than others of its kind, in a sentence. */
  default Optional<String> limit() {
    return Optional.empty();
  }

  /** Bytes a second of external memory; empty if the machine's model has none. */
  default Optional<Double> outerBytesPerSecond() {
    return Optional.empty();
  }

  /** Bytes that external memory holds; empty if nobody says. */
  default Optional<Double> outerBytes() {
    return Optional.empty();
  }

  /** Multiply-accumulates a second at the peak; empty where that depends on more than the formats. */
  default Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    return Optional.empty();
  }

  /** The machine while it runs a network with so many bytes of weights, which caches may hold or not. */
  default LayerMachine holding(double weightBytes) {
    return this;
  }
}
