package macroscope.reference;

import java.math.BigInteger;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.unit.BitPlaneMacSpec;

/** Products of the integers that codes stand for, in unlimited integers, wrapped at the end. */
public final class ReferenceIntegerProducts implements ReferenceUnit {

  private final BitPlaneMacSpec spec;

  public ReferenceIntegerProducts(BitPlaneMacSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    BigInteger sum = BigInteger.valueOf(c);
    for (int k = 0; k < a.length; k++) {
      sum = sum.add(integer(spec.a(), a[k]).multiply(integer(spec.b(), b[k])));
    }
    return sum.mod(BigInteger.ONE.shiftLeft(spec.accumulatorBits())).longValueExact();
  }

  private static BigInteger integer(NumberFormat format, long code) {
    Value value = format.decode(code);
    BigInteger magnitude = value.significand().shiftLeft(value.exponent());
    return value.negative() ? magnitude.negate() : magnitude;
  }
}
