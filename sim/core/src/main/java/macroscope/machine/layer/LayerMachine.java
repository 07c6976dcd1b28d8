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

  /**
   * The time of an operator that only reads and writes activations.
   *
   * @return empty if the machine has no model of what computes it
   */
  default Optional<LayerTime> stream(long read, long written, LayerFormats formats) {
    return Optional.empty();
  }
}
