package macroscope.rtl;

import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.format.Value;

/**
 * The codes of results that are not rounded numbers, and the largest that is.
 *
 * @param largest magnitude of the largest finite result
 * @param positiveOverflow what is beyond it, also the positive infinity; likewise negative
 * @param nan a sum that is not a number
 */
record ResultCodes(long largest, long positiveOverflow, long negativeOverflow, long nan) {

  /**
   * Those of a format.
   *
   * @param computedBits fraction bits that are computed; the rest are zero
   */
  static ResultCodes of(FloatFormat format, int computedBits) {
    int dropped = format.fractionBits() - computedBits;
    long largest = format.maxFiniteCode() >> dropped << dropped;
    if (format.specials() == SpecialValues.FINITE) {
      long sign = 1L << (format.bits() - 1);
      return new ResultCodes(largest, largest, sign | largest, 0);
    }
    long nan = nan(format);
    return format.hasInfinity()
        ? new ResultCodes(
            largest,
            code(format, Value.POSITIVE_INFINITY),
            code(format, Value.NEGATIVE_INFINITY),
            nan)
        : new ResultCodes(largest, nan, nan, nan);
  }

  /** An IEEE NaN of matrix units is all ones behind a sign of 0. */
  private static long nan(FloatFormat format) {
    return format.specials() == SpecialValues.IEEE
        ? (1L << (format.bits() - 1)) - 1
        : code(format, Value.NAN);
  }

  private static long code(FloatFormat format, Value value) {
    return format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  /** The parameters of the output stage. */
  void addTo(Parameters parameters, FloatFormat format) {
    int bits = format.bits();
    parameters
        .put("C_EXPONENT_BITS", format.exponentBits())
        .put("C_FRACTION_BITS", format.fractionBits())
        .put("C_LARGEST", bits - 1, largest)
        .put("C_POSITIVE_OVERFLOW", bits, positiveOverflow)
        .put("C_NEGATIVE_OVERFLOW", bits, negativeOverflow)
        .put("C_NAN", bits, nan);
  }
}
