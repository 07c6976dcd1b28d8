package macroscope.cost;

/**
 * What something costs, and who says so.
 *
 * @param value at least 0, in {@code unit}
 * @param unit pJ, um2, LUT6, NAND2, ...
 * @param node technology node that it was published for
 * @param volts supply voltage, above 0
 * @param source paper and table, or how it was fitted
 * @param provenance how far it can be trusted
 */
public record Price(
    double value, String unit, String node, double volts, String source, Provenance provenance) {

  public Price {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("value must be finite and at least 0: " + value);
    }
    if (!(volts > 0 && volts < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("volts must be finite and above 0: " + volts);
    }
    if (source.isBlank()) {
      throw new IllegalArgumentException("source must not be empty");
    }
  }
}
