package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Widths;

/**
 * Parameters of a dot product that adds its products in one aligned sum and that sum and the addend in
 * a second, of more bits and rounded toward minus infinity (matrix cores of CDNA3).
 *
 * @param name preset or descriptive name
 * @param a operand format
 * @param b operand format
 * @param length products a pass adds
 * @param groupLength products that are added together; groups follow each other through the
 *     accumulator
 * @param lanes 1: all products of a group are aligned to their largest exponent; 2: those of even and
 *     of odd index apart, both sums then aligned with each other, and an addend far below is dropped
 */
public record TwoLevelDotSpec(
    String name, FloatFormat a, FloatFormat b, int length, int groupLength, int lanes)
    implements UnitSpec {

  /** Fraction bits below the largest exponent that products and their sum are cut to. */
  static final int PRODUCT_FRACTION_BITS = 24;

  /** Fraction bits of the sum of products next to the addend, below the larger of both exponents. */
  static final int SUM_FRACTION_BITS = 31;

  /** Format of addend and result. */
  static final FloatFormat ACCUMULATOR = Formats.BINARY32;

  /** An addend whose exponent is lower than that of the products by more than this is dropped. */
  static final int FAR_ADDEND = 25;

  public TwoLevelDotSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("group length", groupLength, 1, Math.min(length, 64));
    Widths.inRange("lanes", lanes, 1, 2);
    if (length % groupLength != 0) {
      throw new IllegalArgumentException(
          "group length must divide length " + length + ": " + groupLength);
    }
    Widths.inRange("fraction bits of a", a.fractionBits(), 0, 12);
    Widths.inRange("fraction bits of b", b.fractionBits(), 0, 12);
  }
}
