package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.AlignedSum;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.ShortPlanes;
import macroscope.unit.SignificandPlanes;

/**
 * The fused dot product of narrow operands that keeps few bits (FP8 on Ada and Hopper): one output
 * column a lane of 16 bits for the terms, of 32 bits for the addend and the rounding ({@link
 * IntRounder}). Truncation is that of {@link IntFusedDotKernel}.
 *
 * <p>Width proof. With F and p (fraction bits of a product) of at most 13, shifted products lie below
 * 2^15. The sum S of at most 255 terms t does not fit 16 bits; it follows from two sums that do: S
 * modulo 2^16, and H, the sum of {@code floor(t / 2^8)}, |H| <= 255 * 2^7. A term exceeds 2^8 times
 * its part of H by 0..255, one more where the sign is subtracted after the shift, so {@code 0 <= S -
 * 2^8 H <= 255 * 256 < 2^16}, and S modulo 2^16 tells which. Exponents of products lie within 2^12
 * of 0; an addend's above 2^13 counts as 2^13 where terms are shifted, which leaves nothing of them
 * either way.
 */
final class ShortFusedDotKernel implements FusedDotKernel {

  private static final int MOST_BITS = 13;
  private static final int MOST_TERMS = 255;
  private static final int LARGEST = 1 << 13;
  private static final int SIGN = Short.SIZE - 1;
  private static final int HIGH = Byte.SIZE;
  private static final VectorSpecies<Short> SHORTS = Lanes.SHORTS;
  private static final VectorSpecies<Short> HALF_SHORTS = Lanes.HALF_SHORTS;
  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final int STEP = 2 * SHORTS.length();

  private final FusedDotSpec spec;
  private final AlignedSum aligned;
  private final IntRounder rounder;

  ShortFusedDotKernel(FusedDotSpec spec, FloatRounder rounder) {
    this.spec = spec;
    this.aligned = AlignedSum.of(spec);
    this.rounder = new IntRounder(spec, rounder);
  }

  /** Whether all widths are proven for these parameters. */
  static boolean fits(FusedDotSpec spec) {
    return spec.keptFractionBits() <= MOST_BITS
        && spec.a().fractionBits() + spec.b().fractionBits() <= MOST_BITS
        && spec.groupLength() <= MOST_TERMS
        && spec.accumulator().fractionBits() <= IntRounder.MOST_BITS
        && ShortPlanes.fit(spec.a())
        && ShortPlanes.fit(spec.b())
        && COLUMNS % STEP == 0;
  }

  @Override
  public SignificandPlanes.Form form() {
    return SignificandPlanes.Form.SHORTS;
  }

  @Override
  public Strip strip(SignificandPlanes a, int fromRow, int rows, int fromK, int toK) {
    Strips strips = Strips.of(spec, rows, fromK, toK);
    int left = aligned.productLeft();
    int[] packed = strips.packed(a, fromRow, (x, e) -> e << Short.SIZE | x << left & 0xFFFF);
    return (b, fromColumn, columns, held, heldExponents) -> {
      Tile tile = new Tile(strips, packed, b.shorts().orElseThrow(), columns, held, heldExponents);
      for (int group = 0; group < strips.groups(); group++) {
        tile.group(group, b.layout().index(fromColumn, Math.min(strips.k(group), toK)));
      }
      strips.widen(tile.held, held);
    };
  }

  /** One tile: its operands, its accumulators and the terms of a row in progress. */
  private final class Tile {
    private final Strips strips;
    private final int[] packedA;
    private final short[] significandsB;
    private final short[] exponentsB;
    private final int columns;
    private final int[] held;
    private final int[] exponents;
    private final short[] most = new short[COLUMNS];
    private final int[] largest = new int[COLUMNS];
    private final int[] addends = new int[COLUMNS];
    private final short[] sums = new short[COLUMNS];
    private final short[] highs = new short[COLUMNS];

    Tile(Strips strips, int[] packedA, ShortPlanes b, int columns, long[] held, int[] exponents) {
      this.strips = strips;
      this.packedA = packedA;
      this.significandsB = b.significands();
      this.exponentsB = b.exponents();
      this.columns = Lanes.wholeSteps(columns, STEP);
      this.held = strips.narrowed(held);
      this.exponents = exponents;
    }

    void group(int group, int atB) {
      int count = strips.count(group);
      short least = (short) (count < spec.groupLength() ? AlignedSum.PADDING_EXPONENT : -LARGEST);
      short right = (short) aligned.productRight();
      for (int row = 0; row < strips.rows(); row++) {
        int atA = strips.at(group, row);
        int at = row * COLUMNS;
        for (int j = 0; j < columns; j += STEP) {
          align(
              packedA,
              atA,
              exponentsB,
              atB + j,
              count,
              least,
              held,
              exponents,
              at,
              aligned,
              most,
              largest,
              addends,
              j);
        }
        for (int j = 0; j < columns; j += STEP) {
          sum(packedA, atA, significandsB, exponentsB, atB + j, count, right, most, sums, highs, j);
        }
        rounder.round(sums, highs, addends, largest, held, exponents, at, columns);
      }
    }
  }

  /**
   * Largest exponents of products and addends, in full and as far as terms are shifted, and addends
   * cut toward zero as products are.
   */
  private static void align(
      int[] a,
      int atA,
      short[] b,
      int atB,
      int count,
      short least,
      int[] addends,
      int[] exponents,
      int at,
      AlignedSum aligned,
      short[] shifted,
      int[] largest,
      int[] cut,
      int from) {
    ShortVector most = ShortVector.broadcast(SHORTS, least);
    ShortVector second = most;
    for (int k = 0; k < count; k++) {
      int next = atB + k * COLUMNS;
      short exponent = (short) (a[atA + k] >> Short.SIZE);
      most = most.max(ShortVector.fromArray(SHORTS, b, next).add(exponent));
      second = second.max(ShortVector.fromArray(SHORTS, b, next + SHORTS.length()).add(exponent));
    }
    most.intoArray(shifted, from);
    second.intoArray(shifted, from + SHORTS.length());
    int left = aligned.addendLeft();
    int right = aligned.addendRight();
    for (int j = from; j < from + STEP; j += INTS.length()) {
      IntVector products =
          (IntVector) ShortVector.fromArray(HALF_SHORTS, shifted, j).convertShape(S2I, INTS, 0);
      IntVector own = IntVector.fromArray(INTS, exponents, at + j);
      IntVector all = products.max(own);
      all.intoArray(largest, j);
      ((ShortVector) all.min(LARGEST).convertShape(I2S, HALF_SHORTS, 0)).intoArray(shifted, j);
      IntVector addend = IntVector.fromArray(INTS, addends, at + j).lanewise(LSHL, left);
      IntVector drop = all.add(right).sub(own).min(Integer.SIZE - 1);
      IntVector sign = addend.lanewise(ASHR, Integer.SIZE - 1);
      addend.add(sign).lanewise(ASHR, drop).sub(sign).intoArray(cut, j);
    }
  }

  /** Sums of products, each cut toward zero at F bits below the largest exponent. */
  private static void sum(
      int[] a,
      int atA,
      short[] significands,
      short[] exponents,
      int atB,
      int count,
      short right,
      short[] largest,
      short[] sums,
      short[] highs,
      int j) {
    ShortVector lowest = ShortVector.fromArray(SHORTS, largest, j).add(right);
    ShortVector lowestNext = ShortVector.fromArray(SHORTS, largest, j + SHORTS.length()).add(right);
    ShortVector sum = ShortVector.zero(SHORTS);
    ShortVector sumNext = sum;
    ShortVector high = sum;
    ShortVector highNext = sum;
    for (int k = 0; k < count; k++) {
      int from = atB + k * COLUMNS;
      short x = (short) a[atA + k];
      short e = (short) (a[atA + k] >> Short.SIZE);
      ShortVector product = ShortVector.fromArray(SHORTS, significands, from).mul(x);
      ShortVector drop = lowest.sub(ShortVector.fromArray(SHORTS, exponents, from)).sub(e);
      ShortVector sign = product.lanewise(ASHR, SIGN);
      ShortVector term = product.add(sign).lanewise(ASHR, drop.min((short) SIGN));
      sum = sum.add(term).sub(sign);
      high = high.add(term.lanewise(ASHR, HIGH));
      int next = from + SHORTS.length();
      product = ShortVector.fromArray(SHORTS, significands, next).mul(x);
      drop = lowestNext.sub(ShortVector.fromArray(SHORTS, exponents, next)).sub(e);
      sign = product.lanewise(ASHR, SIGN);
      term = product.add(sign).lanewise(ASHR, drop.min((short) SIGN));
      sumNext = sumNext.add(term).sub(sign);
      highNext = highNext.add(term.lanewise(ASHR, HIGH));
    }
    sum.intoArray(sums, j);
    high.intoArray(highs, j);
    sumNext.intoArray(sums, j + SHORTS.length());
    highNext.intoArray(highs, j + SHORTS.length());
  }
}
