package macroscope.reference;

import java.math.BigInteger;
import macroscope.format.Value;
import macroscope.unit.MixedBlocksSpec;

/**
 * Integer products of blocks of two widths by definition: the exact sum of all products in unlimited
 * integers, of which the accumulator keeps the low bits.
 */
public final class ReferenceMixedBlocks implements ReferenceUnit {

  private final MixedBlocksSpec spec;
  private final BigInteger range;

  /**
   * @param accumulatorBits width of the accumulator
   */
  public ReferenceMixedBlocks(MixedBlocksSpec spec, int accumulatorBits) {
    this.spec = spec;
    this.range = BigInteger.ONE.shiftLeft(accumulatorBits);
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    BigInteger sum = BigInteger.valueOf(c);
    for (int k = 0; k < a.length; k++) {
      BigInteger activation = BigInteger.valueOf(spec.wide().integer(a[k]));
      sum = sum.add(activation.multiply(integer(spec.weights().decode(b[k]))));
    }
    return sum.mod(range).longValueExact();
  }

  private static BigInteger integer(Value value) {
    BigInteger magnitude = value.significand().shiftLeft(value.exponent());
    return value.negative() ? magnitude.negate() : magnitude;
  }
}
