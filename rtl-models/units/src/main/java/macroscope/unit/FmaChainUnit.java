package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A chain of IEEE fused multiply-adds, k ascending: {@code d = fma(a_k, b_k, d)}, each rounded to
 * nearest even, subnormals kept. NaN payloads are not modelled: a NaN leaves as 0x7FC00000 or
 * 0x7FF8000000000000. Padding multiplies zeros, which turns an accumulator of -0 into +0.
 *
 * @param <A> array of numbers of the format
 */
public final class FmaChainUnit<A> implements DotProductUnit<Chain.Operand<A>> {

  private final FmaChainSpec spec;
  private final Chain<A> chain;

  private FmaChainUnit(FmaChainSpec spec, Chain<A> chain) {
    this.spec = spec;
    this.chain = chain;
  }

  /**
   * @throws IllegalArgumentException if the format is not binary32 or binary64
   */
  public static FmaChainUnit<?> of(FmaChainSpec spec) {
    FloatFormat format = spec.format();
    if (format.equals(Formats.BINARY32)) {
      return new FmaChainUnit<>(spec, new Chain.Binary32());
    }
    if (format.equals(Formats.BINARY64)) {
      return new FmaChainUnit<>(spec, new Chain.Binary64());
    }
    throw new IllegalArgumentException("format must be binary32 or binary64: " + format.name());
  }

  @Override
  public FmaChainSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.format();
  }

  @Override
  public Chain.Operand<A> prepareA(EncodedMatrix a) {
    return chain.left(spec.format(), a);
  }

  @Override
  public Chain.Operand<A> prepareB(EncodedMatrix b) {
    return chain.right(spec.format(), b);
  }

  @Override
  public void gemm(Chain.Operand<A> a, Chain.Operand<A> b, int fromK, int toK, Accumulators c) {
    c.requireShape(spec.format(), a.shape(), b.shape(), fromK, toK);
    for (int block = 0; block < b.shape().blocks(); block++) {
      A sums = chain.array(b.shape().width(block));
      for (int i = 0; i < c.rows(); i++) {
        int at = i * c.columns() + b.shape().from(block);
        for (int j = 0; j < b.shape().width(block); j++) {
          chain.read(c.codes()[at + j], sums, j);
        }
        run(a, i, b, block, fromK, toK, sums);
        for (int j = 0; j < b.shape().width(block); j++) {
          c.codes()[at + j] = chain.code(sums, j);
        }
      }
    }
  }

  private void run(
      Chain.Operand<A> a, int i, Chain.Operand<A> b, int block, int fromK, int toK, A sums) {
    A row = a.arrays().get(i);
    for (int k = fromK; k < toK; k++) {
      chain.multiplyAdd(row, k, b.arrays().get(b.shape().array(block, k)), sums);
    }
    if ((toK - fromK) % spec.length() != 0) {
      chain.addPadding(sums);
    }
  }

  @Override
  public Pipeline pipeline() {
    return FmaChainHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return FmaChainHardware.inventory(spec);
  }
}
