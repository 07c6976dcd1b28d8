package macroscope.reference;

import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.format.Value;

/** How an exact sum becomes a code of a float format: to nearest even, a zero positive. */
final class SumRounding {

  private SumRounding() {}

  /** Overflow gives infinity, NaN where there is none, the largest number where there is neither. */
  static long round(FloatFormat format, Value sum) {
    boolean saturates = format.specials() == SpecialValues.FINITE;
    long code =
        format.encode(
            sum, RoundingMode.TIES_TO_EVEN, saturates ? Overflow.SATURATE : Overflow.NATIVE);
    Value rounded = format.decode(code);
    if (rounded.isZero()) {
      return 0;
    }
    return rounded.isFinite() ? code : special(format, rounded);
  }

  /** An IEEE NaN is all ones behind a sign of 0. */
  static long special(FloatFormat format, Value value) {
    boolean allOnes = value.isNan() && format.specials() == SpecialValues.IEEE;
    return allOnes
        ? (1L << (format.bits() - 1)) - 1
        : format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
