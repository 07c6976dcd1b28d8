package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * The planes of an operand in 16 bits, laid out as those in 32.
 *
 * @param significands signed significands
 * @param exponents exponents
 */
public record ShortPlanes(short[] significands, short[] exponents) {

  /** Largest magnitude of an exponent of a format, scales not counted. */
  public static final int MOST_EXPONENT = 1 << 10;

  /** Whether significands and exponents of a format fit. */
  public static boolean fit(FloatFormat format) {
    return format.fractionBits() < Short.SIZE - 1
        && Math.abs(format.minExponent()) <= MOST_EXPONENT
        && Math.abs(format.maxExponent()) <= MOST_EXPONENT;
  }

  /**
   * @throws IllegalArgumentException if scales make an exponent twice as large as formats may have
   */
  static ShortPlanes of(int[] significands, int[] exponents) {
    short[] narrowSignificands = new short[significands.length];
    short[] narrowExponents = new short[exponents.length];
    for (int at = 0; at < significands.length; at++) {
      Widths.inRange("scaled exponent", exponents[at], -2 * MOST_EXPONENT, 2 * MOST_EXPONENT);
      narrowSignificands[at] = (short) significands[at];
      narrowExponents[at] = (short) exponents[at];
    }
    return new ShortPlanes(narrowSignificands, narrowExponents);
  }
}
