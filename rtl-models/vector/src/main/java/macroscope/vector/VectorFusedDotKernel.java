package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.AlignedSum;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.Layout;
import macroscope.unit.SignificandPlanes;

/**
 * The fused dot product with one output column a lane: 32-bit lanes for the terms, 64-bit lanes for
 * the addend and the rounding ({@link VectorRounder}).
 *
 * <p>Width proof. A shifted product lies below {@code 2^(max(F, p) + 2)}, p its fraction bits, so F
 * and p of at most 29 fit. An aligned term lies strictly below 2^(F+2), so {@code 2^(29-F)} of them
 * sum below 2^31; longer groups are summed in chunks of so many, and chunks are added in 64 bits.
 *
 * <p>Methods hand vectors on through arrays: a vector that crosses a call which the compiler does not
 * inline becomes an object.
 */
final class VectorFusedDotKernel implements FusedDotKernel {

  private static final int MOST_BITS = 29;
  private static final VectorSpecies<Integer> INTS = Lanes.INTS;

  private final int length;
  private final int groupLength;
  private final int chunkLength;
  private final AlignedSum aligned;
  private final VectorRounder rounder;

  VectorFusedDotKernel(FusedDotSpec spec, FloatRounder rounder) {
    this.length = spec.length();
    this.groupLength = spec.groupLength();
    this.chunkLength = Math.min(groupLength, 1 << (MOST_BITS - spec.keptFractionBits()));
    this.aligned = AlignedSum.of(spec);
    this.rounder = new VectorRounder(spec, rounder);
  }

  /** Whether all widths are proven for these parameters. */
  static boolean fits(FusedDotSpec spec) {
    return spec.keptFractionBits() <= MOST_BITS
        && spec.a().fractionBits() + spec.b().fractionBits() <= MOST_BITS
        && spec.accumulator().fractionBits() <= MOST_BITS
        && INTS.length() <= Layout.LANES;
  }

  @Override
  public void accumulate(
      SignificandPlanes a,
      int row,
      SignificandPlanes b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      long[] significands,
      int[] exponents) {
    int[] held = new int[TILE];
    for (int j = 0; j < columns; j++) {
      held[j] = (int) significands[j];
    }
    int end = fromK + (toK - fromK + length - 1) / length * length;
    int[] largest = new int[INTS.length()];
    int[] terms = new int[((groupLength + chunkLength - 1) / chunkLength + 1) * INTS.length()];
    for (int j = 0; j < columns; j += INTS.length()) {
      for (int k = fromK; k < end; k += groupLength) {
        int count = Math.max(0, Math.min(groupLength, toK - k));
        int atA = a.layout().index(row, k);
        int atB = b.layout().index(fromColumn + j, k);
        group(a, atA, b, atB, count, held, exponents, j, largest, terms);
        rounder.round(terms, largest, held, exponents, j);
      }
    }
    for (int j = 0; j < columns; j++) {
      significands[j] = held[j];
    }
  }

  /**
   * Aligns one group, one lane a column: {@code terms} receives the addend, then the sums of
   * products, chunk by chunk.
   */
  private void group(
      SignificandPlanes a,
      int atA,
      SignificandPlanes b,
      int atB,
      int count,
      int[] addends,
      int[] exponents,
      int j,
      int[] largest,
      int[] terms) {
    int stride = b.layout().depthStride();
    int padding = count < groupLength ? AlignedSum.PADDING_EXPONENT : Integer.MIN_VALUE;
    align(a.exponents(), atA, b.exponents(), atB, stride, count, exponents, j, padding, largest);
    cut(addends, exponents, j, largest, terms);
    int at = INTS.length();
    for (int from = 0; from < groupLength; from += chunkLength, at += INTS.length()) {
      sum(a, atA + from, b, atB + from * stride, stride, count(count, from), largest, terms, at);
    }
  }

  private static void align(
      int[] a,
      int atA,
      int[] b,
      int atB,
      int stride,
      int count,
      int[] addends,
      int j,
      int least,
      int[] largest) {
    IntVector most = IntVector.fromArray(INTS, addends, j).max(least);
    for (int k = 0, from = atB; k < count; k++, from += stride) {
      most = most.max(IntVector.fromArray(INTS, b, from).add(a[atA + k]));
    }
    most.intoArray(largest, 0);
  }

  /** Products of a chunk of a group that may end before it. */
  private int count(int count, int from) {
    return Math.max(0, Math.min(chunkLength, count - from));
  }

  /** Addends cut toward zero as products are. */
  private void cut(int[] addends, int[] exponents, int j, int[] largest, int[] cut) {
    IntVector addend = IntVector.fromArray(INTS, addends, j).lanewise(LSHL, aligned.addendLeft());
    IntVector drop =
        IntVector.fromArray(INTS, largest, 0)
            .add(aligned.addendRight())
            .sub(IntVector.fromArray(INTS, exponents, j));
    IntVector sign = addend.lanewise(ASHR, Integer.SIZE - 1);
    IntVector magnitude = addend.lanewise(XOR, sign).sub(sign);
    IntVector kept = magnitude.lanewise(LSHR, drop.min(Integer.SIZE - 1));
    kept.lanewise(XOR, sign).sub(sign).intoArray(cut, 0);
  }

  /** Sums of products, each cut toward zero at F bits below the largest exponent. */
  private void sum(
      SignificandPlanes a,
      int atA,
      SignificandPlanes b,
      int atB,
      int stride,
      int count,
      int[] largest,
      int[] sums,
      int at) {
    int[] significandsA = a.significands();
    int[] exponentsA = a.exponents();
    int[] significandsB = b.significands();
    int[] exponentsB = b.exponents();
    int left = aligned.productLeft();
    IntVector lowest = IntVector.fromArray(INTS, largest, 0).add(aligned.productRight());
    IntVector sum = IntVector.zero(INTS);
    for (int k = 0, from = atB; k < count; k++, from += stride) {
      IntVector product =
          IntVector.fromArray(INTS, significandsB, from).mul(significandsA[atA + k] << left);
      IntVector drop =
          lowest.sub(IntVector.fromArray(INTS, exponentsB, from)).sub(exponentsA[atA + k]);
      IntVector sign = product.lanewise(ASHR, Integer.SIZE - 1);
      IntVector magnitude = product.lanewise(XOR, sign).sub(sign);
      IntVector kept = magnitude.lanewise(LSHR, drop.min(Integer.SIZE - 1));
      sum = sum.add(kept.lanewise(XOR, sign).sub(sign));
    }
    sum.intoArray(sums, at);
  }
}
