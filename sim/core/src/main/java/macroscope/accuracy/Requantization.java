package macroscope.accuracy;

import java.util.Objects;
import java.util.stream.Stream;
import macroscope.elementwise.DyadicScale;
import macroscope.elementwise.Requantizer;
import macroscope.elementwise.ShiftRounding;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Widths;

/**
 * How sums of integer products become integers of the next layer without a real number (HAWQ-V3, arXiv
 * 2011.10680, section 3.1): times a dyadic number for each output channel.
 *
 * @param output format of the results
 * @param rounding of the shift
 * @param multiplierBits of the dyadic numbers, 1..31
 */
public record Requantization(IntegerFormat output, ShiftRounding rounding, int multiplierBits) {

  public Requantization {
    Objects.requireNonNull(rounding, "rounding");
    Widths.inRange("multiplier bits", multiplierBits, 1, 31);
    if (!output.signed() || output.fractionBits() != 0 || output.bits() > 32) {
      throw new IllegalArgumentException(
          "results must be signed integers of at most 32 bits: " + output.name());
    }
  }

  /**
   * What {@code format[:rounding[:multiplier bits]]} names; half_up and 31 bits where nothing is said.
   *
   * @throws IllegalArgumentException naming what is wrong and what it may be
   */
  public static Requantization parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length > 3) {
      throw new IllegalArgumentException(
          "must be format[:rounding[:multiplier bits]], as int8:half_up:31: " + text);
    }
    if (!(Formats.forUser(parts[0]) instanceof IntegerFormat output)) {
      throw new IllegalArgumentException("results must be integers: " + parts[0]);
    }
    ShiftRounding rounding = parts.length > 1 ? rounding(parts[1]) : ShiftRounding.HALF_UP;
    return new Requantization(output, rounding, parts.length > 2 ? number(parts[2]) : 31);
  }

  private static ShiftRounding rounding(String name) {
    return Stream.of(ShiftRounding.values())
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rounding must be one of " + ShiftRounding.names() + ": " + name));
  }

  private static int number(String bits) {
    if (!bits.matches("\\d{1,2}")) {
      throw new IllegalArgumentException("multiplier bits must be a whole number: " + bits);
    }
    return Integer.parseInt(bits);
  }

  /**
   * The requantizer of one output channel.
   *
   * @param scale of a sum over that of a result, above 0
   */
  Requantizer requantizer(double scale) {
    return new Requantizer(DyadicScale.nearest(scale, multiplierBits, rounding), 0, output);
  }
}
