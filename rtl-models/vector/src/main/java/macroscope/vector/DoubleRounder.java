package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2L;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.unit.AlignedRuns;
import macroscope.unit.ExactFloatKernel;

/**
 * The addend and the output stage of {@link DoubleRunSumKernel} in 64-bit lanes, on the codes of
 * binary64 numbers: to cut one toward zero is to clear its low bits. Exponents are biased as there.
 */
@ExactFloatKernel(
    "one addition, whose operands and sum are multiples of one power of two below 2^53 of it")
final class DoubleRounder {

  private static final VectorSpecies<Long> LONGS = Lanes.LONGS;
  private static final VectorSpecies<Integer> HALF_INTS = Lanes.HALF_INTS;
  private static final VectorSpecies<Double> DOUBLES = Lanes.DOUBLES;
  private static final int LANES = LONGS.length();
  private static final int FRACTION_BITS = 52;
  private static final long FIELD = 0x7FF;
  private static final int SIGN = Long.SIZE - 1;

  /** What is added to exponents. */
  static final int BIAS = Double.MAX_EXPONENT;

  private static final int ZERO = BIAS - 126;

  private final int keptFractionBits;
  private final int least;
  private final int most;
  private final int dropped;
  private final long tieBit;
  private final long belowHalf;

  DoubleRounder(AlignedRuns runs) {
    FloatFormat format = runs.accumulator();
    this.keptFractionBits = runs.keptFractionBits();
    this.least = format.minExponent() + BIAS;
    this.most = format.maxExponent() + BIAS;
    this.dropped = FRACTION_BITS - runs.outputFractionBits();
    boolean nearest = runs.finalRounding() == RoundingMode.TIES_TO_EVEN;
    this.tieBit = nearest ? 1 : 0;
    this.belowHalf = nearest ? (1L << (dropped - 1)) - 1 : 0;
  }

  /**
   * Cuts the addends of one row, one a lane.
   *
   * @param held addends
   * @param products largest exponents of products
   * @param lowest exponents of what products are multiples of
   * @param at where the row begins in these
   * @param cut cut addends
   * @param largest largest exponents, addends included
   * @param spare negative where products would have to be cut
   * @return whether that is so in any lane
   */
  boolean cut(
      double[] held,
      int[] products,
      int[] lowest,
      int at,
      double[] cut,
      long[] largest,
      long[] spare) {
    LongVector any = LongVector.zero(LONGS);
    for (int j = 0; j < cut.length; j += LANES) {
      LongVector bits = DoubleVector.fromArray(DOUBLES, held, at + j).reinterpretAsLongs();
      LongVector own = bits.lanewise(LSHR, FRACTION_BITS).and(FIELD);
      LongVector addend = own.max(least);
      if (least != ZERO) {
        addend = addend.blend(ZERO, own.compare(EQ, 0));
      }
      LongVector top =
          ((LongVector)
                  IntVector.fromArray(HALF_INTS, products, at + j).convertShape(I2L, LONGS, 0))
              .add(BIAS)
              .max(addend);
      top.intoArray(largest, j);
      LongVector drop = top.sub(own).add(FRACTION_BITS - keptFractionBits).max(0);
      LongVector some = drop.sub(FRACTION_BITS + 1).lanewise(ASHR, SIGN);
      LongVector mask = LongVector.broadcast(LONGS, -1).lanewise(LSHL, drop);
      bits.and(mask).and(some).reinterpretAsDoubles().intoArray(cut, j);
      LongVector room =
          ((LongVector) IntVector.fromArray(HALF_INTS, lowest, at + j).convertShape(I2L, LONGS, 0))
              .add(BIAS + keptFractionBits)
              .sub(top);
      room.intoArray(spare, j);
      any = any.or(room);
    }
    return any.compare(LT, 0).anyTrue();
  }

  /**
   * Adds and rounds one row.
   *
   * @param sums sums of products
   * @param cut cut addends, from 0 on
   * @param held results
   * @param at where the row begins in sums and results
   * @param ordinary negative where a result is subnormal, in the top binade or above, and wrong
   * @return whether that is so in any lane
   */
  boolean round(double[] sums, double[] cut, double[] held, int at, long[] ordinary) {
    LongVector any = LongVector.zero(LONGS);
    for (int j = 0; j < cut.length; j += LANES) {
      LongVector bits =
          DoubleVector.fromArray(DOUBLES, sums, at + j)
              .add(DoubleVector.fromArray(DOUBLES, cut, j))
              .reinterpretAsLongs();
      LongVector magnitude = bits.and(Long.MAX_VALUE);
      LongVector zero = magnitude.sub(1).lanewise(ASHR, SIGN);
      LongVector rounded =
          magnitude
              .add(magnitude.lanewise(LSHR, dropped).and(tieBit))
              .add(belowHalf)
              .and(-1L << dropped);
      LongVector above = magnitude.lanewise(LSHR, FRACTION_BITS).sub(least);
      LongVector below = rounded.lanewise(LSHR, FRACTION_BITS).neg().add(most - 1);
      LongVector inside = above.or(below).and(zero.not());
      inside.intoArray(ordinary, j);
      any = any.or(inside);
      rounded.or(bits.and(Long.MIN_VALUE)).reinterpretAsDoubles().intoArray(held, at + j);
    }
    return any.compare(LT, 0).anyTrue();
  }
}
