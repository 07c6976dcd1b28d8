package macroscope.reference;

import java.math.BigInteger;
import macroscope.unit.IntegerMacSpec;

/** Integer multiply-accumulate in unlimited integers, wrapped or clamped after every pass. */
public final class ReferenceIntegerMac implements ReferenceUnit {

  private final IntegerMacSpec spec;
  private final BigInteger range;
  private final BigInteger most;
  private final BigInteger least;

  public ReferenceIntegerMac(IntegerMacSpec spec) {
    this.spec = spec;
    this.range = BigInteger.ONE.shiftLeft(spec.accumulatorBits());
    this.most = range.shiftRight(1).subtract(BigInteger.ONE);
    this.least = most.add(BigInteger.ONE).negate();
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    BigInteger sum = wrapped(BigInteger.valueOf(c));
    for (int from = 0; from < a.length; from += spec.length()) {
      for (int k = from; k < Math.min(from + spec.length(), a.length); k++) {
        sum = sum.add(integer(spec.a().integer(a[k])).multiply(integer(spec.b().integer(b[k]))));
      }
      sum = spec.saturating() ? sum.min(most).max(least) : wrapped(sum);
    }
    return sum.mod(range).longValueExact();
  }

  private static BigInteger integer(long x) {
    return BigInteger.valueOf(x);
  }

  /** The two's complement number with the low bits of x. */
  private BigInteger wrapped(BigInteger x) {
    BigInteger low = x.mod(range);
    return low.compareTo(most) > 0 ? low.subtract(range) : low;
  }
}
