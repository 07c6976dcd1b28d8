package macroscope.unit;

/**
 * The IEEE 754 operations that units are made of, each rounded once to nearest even in the format that
 * its name says. Units whose definition is IEEE operations call these; nothing else in this package
 * computes with floating-point numbers.
 *
 * <p>A binary16 number is held in a {@code float}, which holds each exactly. NaN payloads are not
 * kept.
 */
public final class IeeeArithmetic {

  private static final long EXPONENT_64 = 0x7FF0_0000_0000_0000L;

  /** Exponent fields of binary64, in place: those of the least normal and largest binary16 number. */
  private static final long LEAST_NORMAL_16 = (1023L - 14) << 52;

  private static final long LARGEST_16 = (1023L + 15) << 52;

  /** Fraction bits of binary64 that binary16 lacks. */
  private static final long DISCARDED_16 = 52 - 10;

  private IeeeArithmetic() {}

  /** a + b in binary32. */
  public static float add32(float a, float b) {
    return a + b;
  }

  /** a - b in binary32. */
  public static float subtract32(float a, float b) {
    return a - b;
  }

  /** a * b in binary32. */
  public static float multiply32(float a, float b) {
    return a * b;
  }

  /** a / b in binary32. */
  public static float divide32(float a, float b) {
    return a / b;
  }

  /** a * b + c with one rounding in binary32. */
  public static float fma32(float a, float b, float c) {
    return Math.fma(a, b, c);
  }

  /** An integer rounded to binary32; exact up to a magnitude of 2^24. */
  public static float round32(int x) {
    return x;
  }

  /** An integer in binary64, exactly. */
  public static double exact64(int x) {
    return x;
  }

  /** An integer of at most 53 bits in binary64, exactly. */
  static double exact64(long x) {
    return x;
  }

  /** A binary32 number rounded to binary16. */
  public static float round16(float x) {
    return round16((double) x);
  }

  /** A real number in double precision rounded to binary32. */
  public static float round32(double x) {
    return (float) x;
  }

  /** The binary64 quotient of two binary32 numbers. */
  public static double divide64(float a, float b) {
    return (double) a / b;
  }

  /** a * b in binary64. */
  public static double multiply64(double a, double b) {
    return a * b;
  }

  /** a + b in binary64. */
  public static double add64(double a, double b) {
    return a + b;
  }

  /**
   * a * b + c of binary32 numbers in binary64, rounded to odd: cut, with the last bit set if anything was
   * cut off. Rounding that to nearest in a format of at most 51 significand bits is a fused multiply-add
   * (Boldo and Melquiond, IEEE Trans. Computers 57, 2008). The product is exact, what the sum loses is
   * found by Knuth's two-sum.
   */
  static double fmaToOdd64(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    double part = sum - product;
    double lost = (product - (sum - part)) + (c - part);
    long bits = Double.doubleToRawLongBits(sum);
    if (lost == 0 || (bits & 1) != 0 || !(Math.abs(sum) <= Double.MAX_VALUE)) {
      return sum;
    }
    return Double.longBitsToDouble(bits + ((lost > 0) == (sum > 0) ? 1 : -1));
  }

  /** 2^exponent, exactly, for the exponents of normal binary64 numbers. */
  public static double powerOfTwo(int exponent) {
    return Math.scalb(1.0, exponent);
  }

  /** The larger of two numbers; NaN if one is NaN. */
  public static float maximum(float a, float b) {
    return Math.max(a, b);
  }

  /** The magnitude, exactly. */
  public static float magnitude(float a) {
    return Math.abs(a);
  }

  /** -a, exactly, zeros and NaN included. */
  public static float negate(float a) {
    return -a;
  }

  /** Whether a is +0 or -0. */
  public static boolean isZero(float a) {
    return a == 0;
  }

  /**
   * The nearest integer, ties to even, as x86 CVTPS2DQ gives it: NaN and what does not fit become
   * -2^31 (the "integer indefinite" of the Intel SDM, volume 1, section 4.8.3).
   */
  public static int nearestIntegerX86(float a) {
    double nearest = Math.rint((double) a);
    return nearest >= -0x1p31 && nearest < 0x1p31 ? (int) nearest : Integer.MIN_VALUE;
  }

  /**
   * The nearest integer, ties to even, as Arm FCVTNS gives it: saturated, NaN becomes 0 (Arm ARM,
   * FPToFixed).
   */
  public static int nearestIntegerArm(float a) {
    return (int) Math.rint((double) a);
  }

  /** a + b in binary16: the sum of two multiples of 2^-24 below 2^17 is exact in binary64. */
  public static float add16(float a, float b) {
    return round16((double) a + b);
  }

  /** a - b in binary16, exact before its rounding as in {@link #add16}. */
  public static float subtract16(float a, float b) {
    return round16((double) a - b);
  }

  /** a * b in binary16: a product of two 11-bit significands is exact in binary64. */
  public static float multiply16(float a, float b) {
    return round16((double) a * b);
  }

  /**
   * a * b + c with one rounding in binary16, although their sum is first rounded to binary64. The
   * product p is exact there: 22 bits, a multiple of 2^-48. If the sum s is not exact, 53 bits lie
   * between its leading bit and the last bit of p or of c. The last bit of c is at least 2^-24, so that
   * s > 2^28 and both roundings give infinity; or |p| < 2^-30 |s|, and both give c, since p is far
   * below half a quantum of c.
   */
  public static float fma16(float a, float b, float c) {
    return round16((double) a * b + c);
  }

  /**
   * A number rounded once to binary16, subnormals and overflow to infinity included.
   *
   * <p>Adding 1.5 * 2^(e+42) to a number of exponent e leaves multiples of 2^(e-10), the quantum of
   * binary16, rounded to nearest even by the one inexact addition; e = -14 serves subnormals.
   */
  public static float round16(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long exponent = Math.max(bits & EXPONENT_64, LEAST_NORMAL_16);
    if (exponent > LARGEST_16) {
      return exponent == EXPONENT_64 ? (float) x : infinity(bits);
    }
    double magnet = Double.longBitsToDouble(exponent + (DISCARDED_16 << 52) | 1L << 51);
    double rounded = (x + magnet) - magnet;
    if (Math.abs(rounded) > 65504) {
      return infinity(bits);
    }
    long signed = Double.doubleToRawLongBits(rounded) | bits & Long.MIN_VALUE;
    return (float) Double.longBitsToDouble(signed);
  }

  private static float infinity(long bits) {
    return bits < 0 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
  }

  /** The code of a binary16 number that a float holds. */
  public static long code16(float a) {
    int bits = Float.floatToRawIntBits(a);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7FFF_FFFF;
    if (magnitude >= 0x7F80_0000) {
      return sign | 0x7C00 | (magnitude > 0x7F80_0000 ? 0x200 : 0);
    }
    if (magnitude >= 113 << 23) {
      return sign | (magnitude - (112 << 23)) >>> 13;
    }
    return sign | (long) (Math.abs(a) * 0x1p24f);
  }

  /** The binary16 number of a code. */
  public static float value16(long code) {
    int sign = (int) (code & 0x8000) << 16;
    int magnitude = (int) (code & 0x7FFF);
    if (magnitude >= 0x7C00) {
      return Float.intBitsToFloat(sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13);
    }
    if (magnitude >= 0x400) {
      return Float.intBitsToFloat(sign | (magnitude << 13) + (112 << 23));
    }
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude * 0x1p-24f));
  }

  /** {@code sums[j] <- x * y[j] + sums[j]}, one rounding each, in binary32. */
  static void fma32(float x, float[] y, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(x, y[j], sums[j]);
    }
  }

  /** {@code sums[j] <- x * y[j] + sums[j]}, one rounding each, in binary64. */
  static void fma64(double x, double[] y, double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(x, y[j], sums[j]);
    }
  }

  /** An integer rounded to binary32; exact up to a magnitude of 2^24. */
  static float round32(long x) {
    return x;
  }

  /** a * 2^exponent in binary32; exact while it stays normal. */
  static float scale32(float a, int exponent) {
    return Math.scalb(a, exponent);
  }

  /** A binary32 number in binary64, exactly. */
  static double exact64(float x) {
    return x;
  }

  /** The code of a binary32 number; every NaN becomes 0x7FC00000. */
  static long code32(float a) {
    return Float.isNaN(a) ? 0x7FC0_0000L : Float.floatToRawIntBits(a) & 0xFFFF_FFFFL;
  }

  /** The code of a binary64 number; every NaN becomes 0x7FF8000000000000. */
  static long code64(double a) {
    return Double.isNaN(a) ? 0x7FF8_0000_0000_0000L : Double.doubleToRawLongBits(a);
  }

  /** a + b in binary32, codes in and out, as tensor cores have it: a NaN is 0x7FFFFFFF. */
  static long addCodes32(long a, long b) {
    float sum = Float.intBitsToFloat((int) a) + Float.intBitsToFloat((int) b);
    return Float.isNaN(sum) ? 0x7FFF_FFFFL : Float.floatToRawIntBits(sum) & 0xFFFF_FFFFL;
  }

  /** a + b in binary16, codes in and out, as tensor cores have it: a NaN is 0x7FFF. */
  static long addCodes16(long a, long b) {
    float sum = add16(value16(a), value16(b));
    return Float.isNaN(sum) ? 0x7FFFL : code16(sum);
  }

  /** {@code products[j] <- x * y[j] + 0}, rounded once, in binary32: a product of -0 becomes +0. */
  static void products32(float x, float[] y, float[] products) {
    for (int j = 0; j < products.length; j++) {
      products[j] = Math.fma(x, y[j], 0f);
    }
  }

  /** {@code sums[j] <- sums[j] + y[j]} in binary32. */
  static void add32(float[] y, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += y[j];
    }
  }

  /** Subnormals become zeros of their sign. */
  static void flush32(float[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = flush32(x[j]);
    }
  }

  /** A subnormal becomes a zero of its sign. */
  static float flush32(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? x * 0f : x;
  }

  /**
   * The least magnitude that rounds to the least normal binary32 number where exponents go on below:
   * 2^-126 - 2^-151, halfway to the next number of 24 bits.
   */
  private static final double LEAST_FLUSHED_UP = 0x1p-126 - 0x1p-151;

  /**
   * {@code sums[j] <- x * y[j] + sums[j]}, rounded once in binary32 and flushed to a zero of its sign
   * if the sum, rounded as if exponents had no end, lies below 2^-126. Nothing that goes in is
   * subnormal.
   *
   * <p>The test looks at the sum in binary64. It is right if x and y have at most 8 significant bits,
   * or y is 1: next to the limit L the addend is a multiple of 2^-149, and so the sum is exact unless
   * the product p is below 2^-166; but then the sum lies above L, since the addend is at least 2^-126
   * > L + |p|, or it is the product alone. Rounding to binary64 keeps the order with L.
   */
  static void fmaFlushing32(float x, float[] y, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = fmaFlushing32(x, y[j], sums[j]);
    }
  }

  /** One sum of {@link #fmaFlushing32(float, float[], float[])}. */
  static float fmaFlushing32(float x, float y, float sum) {
    float rounded = Math.fma(x, y, sum);
    if (Math.abs(rounded) > Float.MIN_NORMAL) {
      return rounded;
    }
    double wide = (double) x * y + sum;
    return Math.abs(wide) < LEAST_FLUSHED_UP ? rounded * 0f : rounded;
  }

  /** {@code sums[j] <- x * y[j] + sums[j]}, one rounding each, in binary16. */
  static void fma16(float x, float[] y, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = fma16(x, y[j], sums[j]);
    }
  }
}
