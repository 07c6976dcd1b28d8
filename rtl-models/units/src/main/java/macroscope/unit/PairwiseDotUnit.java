package macroscope.unit;

import java.util.Arrays;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * The dot product of AMD's first matrix cores, in binary32 operations that round to nearest even. For
 * one group:
 *
 * <ol>
 *   <li>p_k = fma(a_k, b_k, +0), so that a product of -0 is +0.
 *   <li>Neighbours are added until one sum is left: ((p0 + p1) + (p2 + p3)).
 *   <li>d = c + sum.
 * </ol>
 *
 * CDNA2 flushes: subnormal operands (of their own format) and addends become +0, as does -0; what a
 * step gives below 2^-126 becomes a zero of its sign. Models: MMA-Sim (microsoft/MMA-Sim c785138) for
 * both; Khattak and Mikaitis (arXiv 2512.07004) agree on MI210 and MI250 but describe MI100 as an
 * exact sum of each group and the addend. NaN payloads are not modelled.
 */
public final class PairwiseDotUnit implements DotProductUnit<FloatArrays> {

  private final PairwiseDotSpec spec;

  public PairwiseDotUnit(PairwiseDotSpec spec) {
    this.spec = spec;
  }

  @Override
  public PairwiseDotSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return Formats.BINARY32;
  }

  @Override
  public FloatArrays prepareA(EncodedMatrix a) {
    return FloatArrays.left(spec.a(), a, subnormals());
  }

  @Override
  public FloatArrays prepareB(EncodedMatrix b) {
    return FloatArrays.right(spec.b(), b, subnormals());
  }

  private FloatArrays.Subnormals subnormals() {
    return spec.flushing() ? FloatArrays.Subnormals.POSITIVE_ZERO : FloatArrays.Subnormals.KEPT;
  }

  @Override
  public void gemm(FloatArrays a, FloatArrays b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.shape(), b.shape(), fromK, toK);
    if (fromK == toK) {
      return;
    }
    FloatFields fields = new FloatFields(Formats.BINARY32);
    for (int block = 0; block < b.shape().blocks(); block++) {
      float[] sums = new float[b.shape().width(block)];
      float[][] tree = new float[spec.groupLength()][sums.length];
      for (int i = 0; i < c.rows(); i++) {
        int at = i * c.columns() + b.shape().from(block);
        for (int j = 0; j < sums.length; j++) {
          long code = subnormals().of(fields, c.codes()[at + j]);
          sums[j] = Float.intBitsToFloat((int) code);
        }
        int end = fromK + (toK - fromK + length() - 1) / length() * length();
        for (int k = fromK; k < end; k += spec.groupLength()) {
          group(a.row(i), b, block, k, toK, tree, sums);
        }
        for (int j = 0; j < sums.length; j++) {
          c.codes()[at + j] = IeeeArithmetic.code32(sums[j]);
        }
      }
    }
  }

  /** One group from {@code fromK} on; what lies at or beyond {@code limitK} is padding. */
  private void group(
      float[] a, FloatArrays b, int block, int fromK, int limitK, float[][] tree, float[] sums) {
    for (int t = 0; t < tree.length; t++) {
      int k = fromK + t;
      if (k < limitK) {
        IeeeArithmetic.products32(a[k], b.columns(block, k), tree[t]);
        flush(tree[t]);
      } else {
        Arrays.fill(tree[t], 0);
      }
    }
    for (int step = 1; step < tree.length; step *= 2) {
      for (int t = 0; t < tree.length; t += 2 * step) {
        IeeeArithmetic.add32(tree[t + step], tree[t]);
        flush(tree[t]);
      }
    }
    IeeeArithmetic.add32(tree[0], sums);
    flush(sums);
  }

  private void flush(float[] numbers) {
    if (spec.flushing()) {
      IeeeArithmetic.flush32(numbers);
    }
  }

  @Override
  public Pipeline pipeline() {
    return PairwiseHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return PairwiseHardware.inventory(spec);
  }
}
