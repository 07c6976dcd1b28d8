package macroscope.unit;

import java.math.BigInteger;
import macroscope.format.Overflow;
import macroscope.format.PositFormat;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * The way out of a quire: sum and addend, exact, rounded once as posits are, on the bit string
 * (Standard for Posit Arithmetic, 2022, section 4.1). NaN and infinities leave as NaR.
 */
record PositConversion(PositFormat format, int unit) implements SumConversion {

  @Override
  public long convert(ExactSums sums, int j, long addend, KulischConversion.Scratch scratch) {
    return convert(sums.sum(j), addend, scratch);
  }

  @Override
  public long convert(BigInteger sum, long addend, KulischConversion.Scratch scratch) {
    Value other = format.decode(addend);
    int lowest = other.isZero() ? unit : Math.min(unit, other.exponent());
    BigInteger magnitude =
        other.isZero() ? BigInteger.ZERO : other.significand().shiftLeft(other.exponent() - lowest);
    BigInteger total =
        sum.shiftLeft(unit - lowest).add(other.negative() ? magnitude.negate() : magnitude);
    Value exact = Value.finite(total.signum() < 0, total.abs(), lowest);
    return format.encode(exact, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  @Override
  public Extreme extreme(long addend) {
    return format.decode(addend).isFinite() ? Extreme.NONE : Extreme.NAN;
  }

  @Override
  public long code(Extreme extreme) {
    return format.encode(Value.NAN, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
