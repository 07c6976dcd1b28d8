package macroscope.cli;

import macroscope.report.ProductReport;
import macroscope.tensor.TensorFormat;

/**
 * A simulated product.
 *
 * @param report what all kinds of machines tell
 * @param more what this kind adds, as text
 * @param holds whether what was held against each other is equal
 */
record Simulated(ProductReport report, String more, boolean holds) {

  /** The same with the formats of both operands. */
  Simulated with(TensorFormat a, TensorFormat b) {
    return new Simulated(report.withFormats(a.name(), b.name()), more, holds);
  }

  /** Without more to say. */
  static Simulated of(ProductReport report) {
    return new Simulated(report, "", true);
  }
}
