package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * Parameters of a dot product that adds groups of products exactly, multiplies each sum by the scales
 * of its block and aligns these terms and the addend (NVFP4 and MXFP4 instructions, {@code
 * mxf4nvf4}).
 *
 * @param name preset or descriptive name
 * @param a operand format, each code a number
 * @param b operand format, likewise
 * @param scale format of the scales, without sign and infinities
 * @param accumulator format of c and d
 * @param length products a pass adds
 * @param groupLength products that are added exactly
 * @param blockLength elements along K that share a scale, a multiple of {@code groupLength}
 * @param keptFractionBits F: fraction bits kept of each term below the largest exponent of scales and
 *     addend, toward zero
 * @param finalRounding rounding to the accumulator format
 */
public record ScaledGroupDotSpec(
    String name,
    FloatFormat a,
    FloatFormat b,
    FloatFormat scale,
    FloatFormat accumulator,
    int length,
    int groupLength,
    int blockLength,
    int keptFractionBits,
    RoundingMode finalRounding)
    implements UnitSpec {

  public ScaledGroupDotSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("group length", groupLength, 1, length);
    Widths.inRange("kept fraction bits", keptFractionBits, 1, 40);
    Widths.inRange("fraction bits of scales", scale.fractionBits(), 0, 7);
    if (length % groupLength != 0 || blockLength < 1 || blockLength % groupLength != 0) {
      throw new IllegalArgumentException(
          "group length must divide length "
              + length
              + " and block length "
              + blockLength
              + ": "
              + groupLength);
    }
    if (scale.signed() || scale.hasInfinity()) {
      throw new IllegalArgumentException(
          "scales must have no sign and no infinity: " + scale.name());
    }
    requireNumbers("a", a);
    requireNumbers("b", b);
    Widths.inRange("bits of a group sum", groupBits(a, b, groupLength), 1, 31);
    if (finalRounding != RoundingMode.TOWARD_ZERO && finalRounding != RoundingMode.TIES_TO_EVEN) {
      throw new IllegalArgumentException(
          "final rounding must be TOWARD_ZERO or TIES_TO_EVEN: " + finalRounding);
    }
  }

  private static void requireNumbers(String which, FloatFormat format) {
    if (format.hasNan() || format.hasInfinity()) {
      throw new IllegalArgumentException(
          "every code of operand " + which + " must be a number: " + format.name());
    }
  }

  private static int groupBits(FloatFormat a, FloatFormat b, int groupLength) {
    return KulischHardware.productBits(a, b) + Widths.ceilLog2(groupLength);
  }

  /** Bits of the exact two's complement sum of a group. */
  int groupBits() {
    return groupBits(a, b, groupLength);
  }

  /** Groups of a pass. */
  int groups() {
    return length / groupLength;
  }
}
