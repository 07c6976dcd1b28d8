package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.AlignedSum;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.SignificandPlanes;

/**
 * The fused dot product with one output column a lane: 32-bit lanes for the terms and most sums
 * ({@link ThirtyBitRounder}), 64-bit lanes for others ({@link LongRounder}).
 *
 * <p>Truncation toward zero. A negative number in one's complement, shifted right with its sign,
 * is the one's complement of its shifted magnitude. So a product gets its sign, -1 or 0, added, is
 * shifted, and has it subtracted again.
 *
 * <p>Width proof. A shifted product lies below {@code 2^(max(F, p) + 2)}, p its fraction bits, so F
 * and p of at most 29 fit. An aligned term lies strictly below 2^(F+2), so {@code 2^(29-F)} of them
 * sum below 2^31; longer groups are summed in chunks of so many, and chunks are added in 64 bits.
 *
 * <p>A vector that crosses a call which HotSpot does not inline becomes an object, a hundred times
 * slower, and it stops inlining once a compilation is large. So methods on vectors hand them on
 * through arrays, are too large to be inlined themselves ({@code FreqInlineSize}, 325 bytes) and hold
 * no more than some forty operations.
 */
final class IntFusedDotKernel implements FusedDotKernel {

  private static final int MOST_BITS = 29;
  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final int STEP = 2 * INTS.length();
  private static final int SIGN = Integer.SIZE - 1;

  private final FusedDotSpec spec;
  private final int chunkLength;
  private final AlignedSum aligned;
  private final ThirtyBitRounder rounder;

  IntFusedDotKernel(FusedDotSpec spec, FloatRounder rounder) {
    this.spec = spec;
    this.chunkLength = Math.min(spec.groupLength(), 1 << (MOST_BITS - spec.keptFractionBits()));
    this.aligned = AlignedSum.of(spec);
    this.rounder = new ThirtyBitRounder(spec, new LongRounder(spec, rounder));
  }

  /** Whether all widths are proven for these parameters. */
  static boolean fits(FusedDotSpec spec) {
    return spec.keptFractionBits() <= MOST_BITS
        && spec.a().fractionBits() + spec.b().fractionBits() <= MOST_BITS
        && spec.accumulator().fractionBits() <= MOST_BITS
        && COLUMNS % STEP == 0;
  }

  @Override
  public Strip strip(SignificandPlanes a, int fromRow, int rows, int fromK, int toK) {
    Strips strips = Strips.of(spec, rows, fromK, toK);
    int[] significands = strips.packed(a, fromRow, (x, e) -> x << aligned.productLeft());
    int[] exponents = strips.packed(a, fromRow, (x, e) -> e);
    return (b, fromColumn, columns, held, heldExponents) -> {
      Tile tile = new Tile(strips, significands, exponents, b, columns, held, heldExponents);
      for (int group = 0; group < strips.groups(); group++) {
        tile.group(group, b.layout().index(fromColumn, Math.min(strips.k(group), toK)));
      }
      strips.widen(tile.held, held);
    };
  }

  /** One tile: its operands, its accumulators and the terms of a row in progress. */
  private final class Tile {
    private final Strips strips;
    private final int[] significandsA;
    private final int[] exponentsA;
    private final int[] significandsB;
    private final int[] exponentsB;
    private final int columns;
    private final int[] held;
    private final int[] exponents;
    private final int[] largest = new int[COLUMNS];

    /** The addends, then the sums of each chunk, {@link #COLUMNS} a row. */
    private final int[] terms =
        new int[((spec.groupLength() + chunkLength - 1) / chunkLength + 1) * COLUMNS];

    Tile(
        Strips strips,
        int[] significandsA,
        int[] exponentsA,
        SignificandPlanes b,
        int columns,
        long[] held,
        int[] exponents) {
      this.strips = strips;
      this.significandsA = significandsA;
      this.exponentsA = exponentsA;
      this.significandsB = b.significands();
      this.exponentsB = b.exponents();
      this.columns = Lanes.wholeSteps(columns, STEP);
      this.held = strips.narrowed(held);
      this.exponents = exponents;
    }

    void group(int group, int atB) {
      int count = strips.count(group);
      int least = count < spec.groupLength() ? AlignedSum.PADDING_EXPONENT : Integer.MIN_VALUE;
      int right = aligned.productRight();
      for (int row = 0; row < strips.rows(); row++) {
        int atA = strips.at(group, row);
        int at = row * COLUMNS;
        for (int j = 0; j < columns; j += STEP) {
          align(
              exponentsA,
              atA,
              exponentsB,
              atB + j,
              count,
              least,
              held,
              exponents,
              at,
              aligned,
              largest,
              terms,
              j);
        }
        for (int j = 0; j < columns; j += STEP) {
          sum(
              significandsA,
              exponentsA,
              atA,
              significandsB,
              exponentsB,
              atB + j,
              count,
              chunkLength,
              right,
              largest,
              terms,
              j);
        }
        rounder.round(terms, largest, held, exponents, at, columns);
      }
    }
  }

  /** Largest exponents of products and addends, and addends cut toward zero as products are. */
  private static void align(
      int[] a,
      int atA,
      int[] b,
      int atB,
      int count,
      int least,
      int[] addends,
      int[] exponents,
      int at,
      AlignedSum aligned,
      int[] largest,
      int[] cut,
      int j) {
    int second = j + INTS.length();
    IntVector own = IntVector.fromArray(INTS, exponents, at + j);
    IntVector ownSecond = IntVector.fromArray(INTS, exponents, at + second);
    IntVector most = own.max(least);
    IntVector mostSecond = ownSecond.max(least);
    for (int k = 0; k < count; k++) {
      int from = atB + k * COLUMNS;
      int exponent = a[atA + k];
      most = most.max(IntVector.fromArray(INTS, b, from).add(exponent));
      mostSecond = mostSecond.max(IntVector.fromArray(INTS, b, from + INTS.length()).add(exponent));
    }
    most.intoArray(largest, j);
    mostSecond.intoArray(largest, second);
    int left = aligned.addendLeft();
    int right = aligned.addendRight();
    IntVector addend = IntVector.fromArray(INTS, addends, at + j).lanewise(LSHL, left);
    IntVector drop = most.add(right).sub(own).min(SIGN);
    IntVector sign = addend.lanewise(ASHR, SIGN);
    addend.add(sign).lanewise(ASHR, drop).sub(sign).intoArray(cut, j);
    addend = IntVector.fromArray(INTS, addends, at + second).lanewise(LSHL, left);
    drop = mostSecond.add(right).sub(ownSecond).min(SIGN);
    sign = addend.lanewise(ASHR, SIGN);
    addend.add(sign).lanewise(ASHR, drop).sub(sign).intoArray(cut, second);
  }

  /** Sums of products, chunk by chunk, each cut toward zero at F bits below the largest exponent. */
  private static void sum(
      int[] significandsA,
      int[] exponentsA,
      int atA,
      int[] significandsB,
      int[] exponentsB,
      int atB,
      int count,
      int chunkLength,
      int right,
      int[] largest,
      int[] sums,
      int j) {
    IntVector lowest = IntVector.fromArray(INTS, largest, j).add(right);
    IntVector lowestSecond = IntVector.fromArray(INTS, largest, j + INTS.length()).add(right);
    int start = 0;
    for (int to = COLUMNS; to < sums.length; to += COLUMNS) {
      IntVector sum = IntVector.zero(INTS);
      IntVector sumSecond = IntVector.zero(INTS);
      int end = Math.min(count, start + chunkLength);
      for (int k = start; k < end; k++) {
        int from = atB + k * COLUMNS;
        int x = significandsA[atA + k];
        int e = exponentsA[atA + k];
        IntVector product = IntVector.fromArray(INTS, significandsB, from).mul(x);
        IntVector drop = lowest.sub(IntVector.fromArray(INTS, exponentsB, from)).sub(e).min(SIGN);
        IntVector sign = product.lanewise(ASHR, SIGN);
        sum = sum.add(product.add(sign).lanewise(ASHR, drop)).sub(sign);
        int second = from + INTS.length();
        product = IntVector.fromArray(INTS, significandsB, second).mul(x);
        drop = lowestSecond.sub(IntVector.fromArray(INTS, exponentsB, second)).sub(e).min(SIGN);
        sign = product.lanewise(ASHR, SIGN);
        sumSecond = sumSecond.add(product.add(sign).lanewise(ASHR, drop)).sub(sign);
      }
      start = end;
      sum.intoArray(sums, to + j);
      sumSecond.intoArray(sums, to + j + INTS.length());
    }
  }
}
