package macroscope.format;

import java.math.BigInteger;
import java.util.Objects;

/**
 * An exact number as hardware sees it: {@code (-1)^negative * significand * 2^exponent} when
 * {@link Kind#FINITE}, else an infinity or a NaN.
 *
 * <p>A value never rounds. The significand is unbounded, so sums of products of any format are held
 * exactly (an FP64 product has 106 bits, a Kulisch sum of e5m2 products 67 and more). Zero keeps its
 * sign and is stored with exponent 0. Finite non-zero values are canonical: the significand is odd,
 * so that two equal values are {@code equals}.
 *
 * @param kind finite, infinite or NaN
 * @param negative the sign; for a NaN the sign bit of the payload
 * @param significand zero or an odd positive integer when finite; the payload (fraction field) of a
 *     NaN; zero for an infinity
 * @param exponent the power of two that scales the significand; 0 unless finite and non-zero
 */
public record Value(Kind kind, boolean negative, BigInteger significand, int exponent) {

  /** What sort of datum a code stands for. */
  public enum Kind {
    FINITE,
    INFINITE,
    NAN
  }

  public static final Value ZERO = new Value(Kind.FINITE, false, BigInteger.ZERO, 0);
  public static final Value NEGATIVE_ZERO = new Value(Kind.FINITE, true, BigInteger.ZERO, 0);
  public static final Value POSITIVE_INFINITY = new Value(Kind.INFINITE, false, BigInteger.ZERO, 0);
  public static final Value NEGATIVE_INFINITY = new Value(Kind.INFINITE, true, BigInteger.ZERO, 0);
  public static final Value NAN = new Value(Kind.NAN, false, BigInteger.ZERO, 0);

  public Value {
    Objects.requireNonNull(kind, "kind");
    if (significand.signum() < 0) {
      throw new IllegalArgumentException("significand must not be negative: " + significand);
    }
    if (kind == Kind.FINITE && significand.signum() != 0) {
      int trailing = significand.getLowestSetBit();
      significand = significand.shiftRight(trailing);
      exponent = Math.addExact(exponent, trailing);
    } else {
      exponent = 0;
    }
  }

  /** The finite value {@code (-1)^negative * significand * 2^exponent}. */
  public static Value finite(boolean negative, BigInteger significand, int exponent) {
    return new Value(Kind.FINITE, negative, significand, exponent);
  }

  /** The finite value {@code significand * 2^exponent}; the sign is that of {@code significand}. */
  public static Value of(long significand, int exponent) {
    return finite(significand < 0, BigInteger.valueOf(significand).abs(), exponent);
  }

  /** The exact value of a double, subnormals, signed zeros, infinities and NaN payloads included. */
  public static Value of(double x) {
    long bits = Double.doubleToRawLongBits(x);
    boolean negative = bits < 0;
    int field = (int) (bits >>> 52) & 0x7FF;
    long fraction = bits & 0x000F_FFFF_FFFF_FFFFL;
    if (field == 0x7FF) {
      return fraction == 0
          ? (negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY)
          : new Value(Kind.NAN, negative, BigInteger.valueOf(fraction), 0);
    }
    long significand = field == 0 ? fraction : fraction | (1L << 52);
    return finite(negative, BigInteger.valueOf(significand), Math.max(field, 1) - 1075);
  }

  public boolean isFinite() {
    return kind == Kind.FINITE;
  }

  public boolean isNan() {
    return kind == Kind.NAN;
  }

  public boolean isInfinite() {
    return kind == Kind.INFINITE;
  }

  public boolean isZero() {
    return kind == Kind.FINITE && significand.signum() == 0;
  }

  /** The value with its sign flipped; a NaN keeps its payload. */
  public Value negate() {
    return new Value(kind, !negative, significand, exponent);
  }

  /**
   * Which of two numbers is larger, exactly: negative, zero or positive as {@link
   * Comparable#compareTo}. Zeros of both signs are equal, infinities lie beyond every finite number.
   *
   * @throws IllegalArgumentException if one of them is a NaN
   */
  public int compare(Value other) {
    if (isNan() || other.isNan()) {
      throw new IllegalArgumentException("NaN has no order");
    }
    int sign = signum();
    return sign != other.signum()
        ? Integer.compare(sign, other.signum())
        : sign * compareMagnitude(other);
  }

  /** The number halfway between two finite ones, exactly. */
  public static Value midpoint(Value a, Value b) {
    if (!a.isFinite() || !b.isFinite()) {
      throw new IllegalArgumentException("only finite numbers have a midpoint");
    }
    int least = Math.min(a.exponent, b.exponent);
    BigInteger sum = a.scaledDown(least).add(b.scaledDown(least));
    return finite(sum.signum() < 0, sum.abs(), least - 1);
  }

  /** The signed integer that this is in units of 2^unit. */
  private BigInteger scaledDown(int unit) {
    BigInteger units = significand.shiftLeft(exponent - unit);
    return negative ? units.negate() : units;
  }

  private int signum() {
    return isZero() ? 0 : negative ? -1 : 1;
  }

  private int compareMagnitude(Value other) {
    if (isInfinite() || other.isInfinite() || isZero()) {
      return Boolean.compare(isInfinite(), other.isInfinite());
    }
    long leading = (long) exponent + significand.bitLength();
    long otherLeading = (long) other.exponent + other.significand.bitLength();
    if (leading != otherLeading) {
      return Long.compare(leading, otherLeading);
    }
    int least = Math.min(exponent, other.exponent);
    return significand
        .shiftLeft(exponent - least)
        .compareTo(other.significand.shiftLeft(other.exponent - least));
  }
}
