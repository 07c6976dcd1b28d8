package macroscope.unit;

import java.util.Arrays;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;

/** Integer chains of so many products, each rounded to binary32 and added there. */
final class PromotedAccumulator implements MacAccumulator {

  private final MacProducts products;
  private final Accumulation.Promoted spec;
  private final IntegerAccumulator chain;
  private final int unit;

  PromotedAccumulator(
      MacProducts products, Multiplication multiplication, Accumulation.Promoted spec, int length) {
    this.products = products;
    this.spec = spec;
    this.unit = multiplication.unit() + spec.productShift();
    var register = new Accumulation.IntegerSum(spec.bits(), spec.saturating());
    this.chain = new IntegerAccumulator(products, multiplication, register, length);
  }

  @Override
  public MacProducts products() {
    return products;
  }

  @Override
  public NumberFormat format() {
    return Formats.BINARY32;
  }

  @Override
  public int partialSumBits() {
    return Formats.BINARY32.bits();
  }

  @Override
  public void add(MacOperand a, int i, MacOperand b, int block, int from, int to, Accumulators c) {
    int at = i * c.columns() + b.shape().from(block);
    long[] sums = new long[b.shape().width(block)];
    for (int k = from; k < to; k += spec.every()) {
      Arrays.fill(sums, 0);
      int end = Math.min(k + spec.every(), to);
      chain.add(products, a, i, b, block, k, end, spec.productShift(), sums);
      for (int j = 0; j < sums.length; j++) {
        c.codes()[at + j] = promoted(c.codes()[at + j], sums[j]);
      }
    }
  }

  /** The low bits of a chain that wrapped are what its register holds. */
  private long promoted(long code, long sum) {
    int unused = Long.SIZE - spec.bits();
    float partial = IeeeArithmetic.round32(sum << unused >> unused);
    float result = Float.intBitsToFloat((int) code);
    return IeeeArithmetic.code32(
        IeeeArithmetic.add32(result, IeeeArithmetic.scale32(partial, unit)));
  }
}
