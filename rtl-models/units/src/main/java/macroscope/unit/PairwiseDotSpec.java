package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Widths;

/**
 * Parameters of a tree of binary32 additions: products rounded to binary32, added in pairs, the sum of
 * a group added to the accumulator, each operation rounded to nearest even (matrix cores of CDNA1 and
 * CDNA2).
 *
 * @param name preset or descriptive name
 * @param a operand format, each number of which binary32 holds
 * @param b operand format, likewise
 * @param length products a pass adds
 * @param groupLength products of a tree, a power of two; groups follow each other through the
 *     accumulator
 * @param flushing whether subnormal operands, addends and results become zeros
 */
public record PairwiseDotSpec(
    String name, FloatFormat a, FloatFormat b, int length, int groupLength, boolean flushing)
    implements UnitSpec {

  public PairwiseDotSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("group length", groupLength, 1, length);
    if (Integer.bitCount(groupLength) != 1 || length % groupLength != 0) {
      throw new IllegalArgumentException(
          "group length must be a power of two that divides length " + length + ": " + groupLength);
    }
    requireHeld("a", a);
    requireHeld("b", b);
  }

  private static void requireHeld(String which, FloatFormat format) {
    FloatFormat real = Formats.BINARY32;
    boolean held =
        format.fractionBits() <= real.fractionBits()
            && format.maxExponent() <= real.maxExponent()
            && format.minExponent() - format.fractionBits()
                >= real.minExponent() - real.fractionBits();
    if (!held) {
      throw new IllegalArgumentException(
          "binary32 must hold every number of operand " + which + ": " + format.name());
    }
  }
}
