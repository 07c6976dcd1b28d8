package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2L;
import static jdk.incubator.vector.VectorOperators.L2I;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotSpec;

/**
 * The output stage in 64-bit lanes: adds what 32 bits do not hold, normalises and rounds.
 *
 * <p>A sum is normalised by reading it from the bits of a binary64 number: adding 2^52 + 2^51 as a
 * number and as an integer is the same for |sum| < 2^51, so the conversion is exact. Its exponent
 * field is floor(log2 |sum|), its fraction the bits to round. A sum of at most 1024 terms below
 * 2^(F+2) and an addend below 2^30, F at most 29, lies below 2^43.
 *
 * <p>Results that are subnormal, or in the top binade or above, go through {@link FloatRounder}, lane
 * by lane.
 */
final class LongRounder {

  private static final VectorSpecies<Long> LONGS = Lanes.LONGS;
  private static final VectorSpecies<Integer> HALF_INTS = Lanes.HALF_INTS;
  private static final int ZERO_EXPONENT = -126;
  private static final double MAGIC = 0x1.8p52;
  private static final long MAGIC_BITS = Double.doubleToRawLongBits(MAGIC);
  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final long HIDDEN = 1L << DOUBLE_FRACTION_BITS;

  private final FloatRounder rounder;
  private final int keptFractionBits;
  private final int minExponent;
  private final int maxExponent;
  private final int computedShift;
  private final int heldShift;
  private final int exponentBase;

  /** What rounding to nearest even adds below the computed bits: 1 and less than a half; else 0. */
  private final long tieBit;

  private final long belowHalf;

  LongRounder(FusedDotSpec spec, FloatRounder rounder) {
    FloatFormat format = spec.accumulator();
    this.rounder = rounder;
    this.keptFractionBits = spec.keptFractionBits();
    this.exponentBase = Double.MAX_EXPONENT + keptFractionBits;
    this.minExponent = format.minExponent();
    this.maxExponent = format.maxExponent();
    this.computedShift = DOUBLE_FRACTION_BITS - spec.outputFractionBits();
    this.heldShift = DOUBLE_FRACTION_BITS - format.fractionBits();
    boolean nearest = spec.finalRounding() == RoundingMode.TIES_TO_EVEN;
    this.tieBit = nearest ? 1 : 0;
    this.belowHalf = nearest ? (1L << (computedShift - 1)) - 1 : 0;
  }

  /**
   * Adds rows of aligned terms, one lane a column, and rounds the sums into accumulators.
   *
   * @param terms rows of {@code largest.length}
   * @param largest exponent that each column is aligned to
   * @param from first column
   * @param to one past the last column, whole vectors further
   * @param at accumulator of column 0
   */
  void round(
      int[] terms, int[] largest, int from, int to, int[] significands, int[] exponents, int at) {
    for (int j = from; j < to; j += LONGS.length()) {
      if (!normalise(terms, largest, j, significands, exponents, at + j)) {
        roundOneByOne(terms, largest, j, significands, exponents, at + j);
      }
    }
  }

  /** Rounds one vector of sums; false, and nothing done, if a result is not an ordinary number. */
  private boolean normalise(
      int[] terms, int[] largest, int j, int[] significands, int[] exponents, int at) {
    LongVector sum = LongVector.broadcast(LONGS, MAGIC_BITS);
    for (int row = j; row < terms.length; row += largest.length) {
      sum = sum.add(IntVector.fromArray(HALF_INTS, terms, row).convertShape(I2L, LONGS, 0));
    }
    LongVector bits = sum.reinterpretAsDoubles().sub(MAGIC).reinterpretAsLongs();
    LongVector magnitude = bits.and(Long.MAX_VALUE);
    LongVector unit =
        ((LongVector) IntVector.fromArray(HALF_INTS, largest, j).convertShape(I2L, LONGS, 0))
            .sub(exponentBase);
    VectorMask<Long> zero = magnitude.compare(EQ, 0);
    LongVector leading =
        magnitude.lanewise(LSHR, DOUBLE_FRACTION_BITS).add(unit).blend(minExponent, zero);
    LongVector raised =
        magnitude.add(magnitude.lanewise(LSHR, computedShift).and(tieBit)).add(belowHalf);
    LongVector rounded = raised.and(-1L << computedShift);
    LongVector exponent =
        rounded.lanewise(LSHR, DOUBLE_FRACTION_BITS).add(unit).blend(ZERO_EXPONENT, zero);
    if (leading.compare(LT, minExponent).anyTrue() || exponent.compare(GE, maxExponent).anyTrue()) {
      return false;
    }
    LongVector sign = bits.lanewise(ASHR, Long.SIZE - 1);
    LongVector kept = rounded.and(HIDDEN - 1).add(HIDDEN).lanewise(LSHR, heldShift);
    LongVector signed = kept.lanewise(XOR, sign).sub(sign).blend(0, zero);
    ((IntVector) signed.convertShape(L2I, HALF_INTS, 0)).intoArray(significands, at);
    ((IntVector) exponent.convertShape(L2I, HALF_INTS, 0)).intoArray(exponents, at);
    return true;
  }

  private void roundOneByOne(
      int[] terms, int[] largest, int j, int[] significands, int[] exponents, int at) {
    long[] significand = new long[1];
    for (int i = 0; i < LONGS.length(); i++) {
      long sum = 0;
      for (int row = j + i; row < terms.length; row += largest.length) {
        sum += terms[row];
      }
      int[] exponent = new int[1];
      rounder.round(sum, largest[j + i] - keptFractionBits, significand, exponent, 0);
      significands[at + i] = (int) significand[0];
      exponents[at + i] = exponent[0];
    }
  }
}
