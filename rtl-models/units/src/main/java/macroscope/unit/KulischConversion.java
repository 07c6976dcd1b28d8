package macroscope.unit;

import java.math.BigInteger;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.format.Value;

/**
 * The way out of an exact accumulator: {@code addend + sum * 2^unit}, exact, rounded once to nearest
 * even. A result of zero is +0. Overflow gives infinity; NaN in formats without infinities; the
 * largest finite number in formats without either.
 */
final class KulischConversion implements SumConversion {

  private final FloatFormat format;
  private final FloatRounder rounder;
  private final int unit;

  KulischConversion(FloatFormat format, int unit) {
    this.format = format;
    this.rounder = new FloatRounder(format, format.fractionBits(), RoundingMode.TIES_TO_EVEN);
    this.unit = unit;
  }

  FloatRounder rounder() {
    return rounder;
  }

  /** Room for one converted number. */
  static final class Scratch {
    private final long[] significand = new long[1];
    private final int[] exponent = new int[1];
  }

  /**
   * Rounds a sum with its addend.
   *
   * @param addend a finite code of the output format
   */
  @Override
  public long convert(ExactSums sums, int j, long addend, Scratch scratch) {
    rounder.read(addend, scratch.significand, scratch.exponent, 0);
    long significand = scratch.significand[0];
    int addendUnit = scratch.exponent[0] - format.fractionBits();
    int lowest = significand == 0 ? unit : Math.min(unit, addendUnit);
    int sumShift = unit - lowest;
    int addendShift = significand == 0 ? 0 : addendUnit - lowest;
    if (sums.fitsLong(j) && fits(sums.narrow(j), sumShift) && fits(significand, addendShift)) {
      long total = (sums.narrow(j) << sumShift) + (significand << addendShift);
      rounder.round(total, lowest, scratch.significand, scratch.exponent, 0);
      return rounder.code(scratch.significand[0], scratch.exponent[0]);
    }
    return convert(sums.sum(j), addend, scratch);
  }

  /** As {@link #convert(ExactSums, int, long, Scratch)}, of a sum of any size. */
  @Override
  public long convert(BigInteger sum, long addend, Scratch scratch) {
    rounder.read(addend, scratch.significand, scratch.exponent, 0);
    long significand = scratch.significand[0];
    int addendUnit = significand == 0 ? unit : scratch.exponent[0] - format.fractionBits();
    int lowest = Math.min(unit, addendUnit);
    BigInteger total =
        sum.shiftLeft(unit - lowest)
            .add(BigInteger.valueOf(significand).shiftLeft(addendUnit - lowest));
    return round(total, lowest);
  }

  @Override
  public Extreme extreme(long addend) {
    return rounder.extreme(addend);
  }

  @Override
  public long code(Extreme extreme) {
    return rounder.code(extreme);
  }

  private static boolean fits(long value, int shift) {
    return shift < Long.numberOfLeadingZeros(Math.abs(value)) - 2;
  }

  private long round(BigInteger total, int exponent) {
    Overflow overflow =
        format.specials() == SpecialValues.FINITE ? Overflow.SATURATE : Overflow.NATIVE;
    Value exact = Value.finite(total.signum() < 0, total.abs(), exponent);
    long code = format.encode(exact, RoundingMode.TIES_TO_EVEN, overflow);
    return format.decode(code).isZero() ? 0 : code;
  }
}
