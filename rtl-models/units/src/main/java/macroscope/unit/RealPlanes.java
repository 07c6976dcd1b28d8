package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * An operand as numbers of binary64, each with its scale, and for every run of them the exponent that
 * terms are aligned to and that of a power of two which all numbers of the run are multiples of. The
 * two exponents of a product are the sums of its operands'.
 *
 * @param layout where elements lie
 * @param values finite numbers
 * @param runs where runs lie, with a depth of whole runs
 * @param exponents exponents of runs
 * @param lowest exponents of powers of two; {@link #NOTHING} in a run of zeros
 */
@ExactFloatKernel(
    "an integer of at most 53 bits times a power of two within the exponents of binary64")
public record RealPlanes(
    Layout layout, double[] values, Layout runs, short[] exponents, short[] lowest) {

  /** Above all exponents, so that zeros are multiples of anything. */
  public static final short NOTHING = 1 << 12;

  /** Products of two numbers, and sums of many, stay within the exponents of binary64. */
  private static final int MOST_EXPONENT = 400;

  private static final int MOST_FORMAT_EXPONENT = 128;

  /** Planes of zeros. */
  RealPlanes(Layout layout, Layout runs) {
    this(layout, new double[layout.size()], runs, new short[runs.size()], new short[runs.size()]);
    Arrays.fill(exponents, (short) FloatFields.ZERO_EXPONENT);
    Arrays.fill(lowest, NOTHING);
  }

  /** Whether elements or scales of a format surely fit, together with the other. */
  public static boolean fit(FloatFormat format) {
    return Math.abs(format.minExponent()) <= MOST_FORMAT_EXPONENT
        && Math.abs(format.maxExponent()) <= MOST_FORMAT_EXPONENT;
  }

  /** Elements {@code significand * 2^(exponent - fractionBits)}, each a run of its own. */
  static RealPlanes of(Layout layout, int[] significands, int[] exponents, int fractionBits) {
    RealPlanes planes = new RealPlanes(layout, layout);
    for (int at = 0; at < significands.length; at++) {
      planes.set(at, significands[at], exponents[at] - fractionBits);
      planes.setRun(at, exponents[at], exponents[at] - fractionBits, significands[at]);
    }
    return planes;
  }

  /** Sets an element to {@code integer * 2^unit}. */
  void set(int at, long integer, int unit) {
    values[at] = Math.scalb((double) integer, unit);
  }

  /** Sets the exponents of a run of multiples of {@code integer * 2^unit}. */
  void setRun(int run, int exponent, int unit, long integer) {
    Widths.inRange("scaled exponent", exponent, -MOST_EXPONENT, MOST_EXPONENT);
    exponents[run] = (short) exponent;
    lowest[run] = integer == 0 ? NOTHING : (short) (unit + Long.numberOfTrailingZeros(integer));
  }
}
