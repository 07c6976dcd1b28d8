package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * Additions and multiply-adds rounded to one format, to nearest even; numbers are floats that the format can hold.
 *
 * <p>A sum is rounded to binary32 first. With at most 11 significand bits that changes nothing: binary32
 * has 24, at least twice as many and two (Figueroa, "When is double rounding innocuous?", SIGNUM 1995).
 */
final class RoundedReals {

  private final FloatFormat format;
  private final boolean single;

  RoundedReals(FloatFormat format) {
    this.format = format;
    single = format.equals(Formats.BINARY32);
  }

  float round(double x) {
    if (single) {
      return IeeeArithmetic.round32(x);
    }
    long code = format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    return IeeeArithmetic.round32(format.decodeDouble(code));
  }

  /** An integer, rounded once. */
  float round(long x) {
    if (single) {
      return IeeeArithmetic.round32(x);
    }
    long code = format.encode(Value.of(x, 0), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    return IeeeArithmetic.round32(format.decodeDouble(code));
  }

  float add(float a, float b) {
    float sum = IeeeArithmetic.add32(a, b);
    return single ? sum : round(IeeeArithmetic.exact64(sum));
  }

  /** a * b + c, rounded once. */
  float fma(float a, float b, float c) {
    return single ? IeeeArithmetic.fma32(a, b, c) : round(IeeeArithmetic.fmaToOdd64(a, b, c));
  }

  /** The code of a number; a NaN of binary32 becomes 0x7FC00000. */
  long code(float x) {
    return single
        ? IeeeArithmetic.code32(x)
        : format.encodeDouble(
            IeeeArithmetic.exact64(x), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  /** The number of a code. */
  float value(long code) {
    return single
        ? Float.intBitsToFloat((int) code)
        : IeeeArithmetic.round32(format.decodeDouble(code));
  }

  /** x * 2^exponent, rounded where it is subnormal or overflows. */
  float scale(float x, int exponent) {
    float scaled = IeeeArithmetic.scale32(x, exponent);
    return single ? scaled : round(IeeeArithmetic.exact64(scaled));
  }

  /** The numbers added in pairs of neighbours, pairs of pairs, and so on; they are overwritten. */
  float tree(float[] terms, int count) {
    for (int left = count; left > 1; left = (left + 1) / 2) {
      for (int i = 0; i < left / 2; i++) {
        terms[i] = add(terms[2 * i], terms[2 * i + 1]);
      }
      if (left % 2 != 0) {
        terms[left / 2] = terms[left - 1];
      }
    }
    return terms[0];
  }
}
