package macroscope.tensor;

import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/**
 * One level of scales of a tensor format.
 *
 * @param extent which elements share a scale
 * @param format how a scale is stored; empty for a real number that is not rounded (a software scale
 *     kept in binary64 here and counted as 32 bits of storage)
 * @param rule how the scale follows from the elements
 * @param zeroPoint how the code of zero is stored, one beside each scale; empty where it is that of the
 *     element format. Only with {@link ScaleRule#MINMAX}
 */
public record ScaleLevel(
    Extent extent,
    Optional<NumberFormat> format,
    ScaleRule rule,
    Optional<IntegerFormat> zeroPoint) {

  public ScaleLevel {
    if (zeroPoint.isPresent() != (rule == ScaleRule.MINMAX)) {
      throw new IllegalArgumentException(
          "zero points and the rule minmax need each other: " + rule);
    }
    if (zeroPoint.isPresent() && zeroPoint.get().fractionBits() != 0) {
      throw new IllegalArgumentException(
          "a zero point must be an integer: " + zeroPoint.get().name());
    }
  }

  /** A level without zero points. */
  public ScaleLevel(Extent extent, Optional<NumberFormat> format, ScaleRule rule) {
    this(extent, format, rule, Optional.empty());
  }

  /** Stored bits of one scale and its zero point. */
  public int bits() {
    return format.map(NumberFormat::bits).orElse(32) + zeroPoint.map(IntegerFormat::bits).orElse(0);
  }
}
