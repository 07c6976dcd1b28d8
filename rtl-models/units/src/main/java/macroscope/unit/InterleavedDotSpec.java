package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * Parameters of a product that is expanded into two fused dot products of binary16 operands and an
 * addition, as {@code mma.sync} of FP8 operands is on Hopper and data-centre Blackwell: the k of a
 * pass with k mod 4 in {0, 1} first, those in {2, 3} on top, the addend last.
 *
 * @param name preset or descriptive name
 * @param a operand format, each number of which binary16 holds
 * @param b operand format, likewise
 * @param accumulator binary16 or binary32: format of c, d and both partial sums
 * @param length products a pass adds, a multiple of 4
 * @param keptFractionBits fraction bits that both dot products keep, as {@link FusedDotSpec} says
 * @param partialRounding how both dot products are rounded; the addition of the addend is always
 *     rounded to nearest even
 */
public record InterleavedDotSpec(
    String name,
    FloatFormat a,
    FloatFormat b,
    FloatFormat accumulator,
    int length,
    int keptFractionBits,
    RoundingMode partialRounding)
    implements UnitSpec {

  public InterleavedDotSpec {
    Widths.inRange("length", length, 4, 1024);
    if (length % 4 != 0) {
      throw new IllegalArgumentException("length must be a multiple of 4: " + length);
    }
    if (!accumulator.equals(Formats.BINARY16) && !accumulator.equals(Formats.BINARY32)) {
      throw new IllegalArgumentException(
          "accumulator format must be binary16 or binary32: " + accumulator.name());
    }
    requireHeld("a", a);
    requireHeld("b", b);
    dot(name, accumulator, length, keptFractionBits, partialRounding);
  }

  private static void requireHeld(String which, FloatFormat format) {
    boolean held =
        format.exponentBits() > 0
            && format.maxExponent() <= Formats.BINARY16.maxExponent()
            && format.fractionBits() <= Formats.BINARY16.fractionBits()
            && format.minExponent() - format.fractionBits()
                >= Formats.BINARY16.minExponent() - Formats.BINARY16.fractionBits();
    if (!held) {
      throw new IllegalArgumentException(
          "binary16 must hold every number of operand " + which + ": " + format.name());
    }
  }

  /** The datapath of both halves: a pass of {@code length / 2} products, twice. */
  FusedDotSpec dot() {
    return dot(name, accumulator, length, keptFractionBits, partialRounding);
  }

  private static FusedDotSpec dot(
      String name, FloatFormat accumulator, int length, int kept, RoundingMode rounding) {
    return new FusedDotSpec(
        name,
        Formats.BINARY16,
        Formats.BINARY16,
        accumulator,
        length,
        length / 2,
        kept,
        rounding,
        accumulator.fractionBits());
  }
}
