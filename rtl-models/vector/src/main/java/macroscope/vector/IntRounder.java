package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.S2I;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotSpec;

/**
 * The output stage in 32-bit lanes, for sums below 2^24: such an integer is a binary32 number, whose
 * exponent field is floor(log2 |sum|) and whose fraction holds the bits to round.
 *
 * <p>A sum of at most 255 terms below 2^15 and an addend below 2^(13+1) lies below 2^23.
 *
 * <p>Results that are subnormal, or in the top binade or above, go through {@link FloatRounder}, lane
 * by lane.
 */
final class IntRounder {

  /** Most fraction bits of an accumulator. */
  static final int MOST_BITS = 23;

  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
  private static final VectorSpecies<Short> HALF_SHORTS = Lanes.HALF_SHORTS;
  private static final int ZERO_EXPONENT = -126;
  private static final int HIDDEN = 1 << MOST_BITS;

  private final FloatRounder rounder;
  private final int keptFractionBits;
  private final int minExponent;
  private final int maxExponent;
  private final int computedShift;
  private final int heldShift;
  private final int exponentBase;

  /** What rounding to nearest even adds below the computed bits: 1 and less than a half; else 0. */
  private final int tieBit;

  private final int belowHalf;

  IntRounder(FusedDotSpec spec, FloatRounder rounder) {
    FloatFormat format = spec.accumulator();
    this.rounder = rounder;
    this.keptFractionBits = spec.keptFractionBits();
    this.exponentBase = Float.MAX_EXPONENT + keptFractionBits;
    this.minExponent = format.minExponent();
    this.maxExponent = format.maxExponent();
    this.computedShift = MOST_BITS - spec.outputFractionBits();
    this.heldShift = MOST_BITS - format.fractionBits();
    boolean nearest = spec.finalRounding() == RoundingMode.TIES_TO_EVEN && computedShift > 0;
    this.tieBit = nearest ? 1 : 0;
    this.belowHalf = nearest ? (1 << (computedShift - 1)) - 1 : 0;
  }

  /**
   * Rounds sums of terms into accumulators, one lane a column.
   *
   * @param sums sums of products modulo 2^16
   * @param highs sums of products divided by 2^8, each toward minus infinity
   * @param addends cut addends; overwritten
   * @param largest exponent that each column is aligned to
   * @param at first accumulator
   * @param columns how many, whole vectors
   */
  void round(
      short[] sums,
      short[] highs,
      int[] addends,
      int[] largest,
      int[] significands,
      int[] exponents,
      int at,
      int columns) {
    for (int j = 0; j < columns; j += INTS.length()) {
      if (!normalise(sums, highs, addends, largest, j, significands, exponents, at + j)) {
        roundOneByOne(addends, largest, j, significands, exponents, at + j);
      }
    }
  }

  /**
   * Adds and rounds one vector of sums (see {@link ShortFusedDotKernel}); false, with the whole sums in
   * {@code addends}, if a result is not an ordinary number.
   */
  private boolean normalise(
      short[] sums,
      short[] highs,
      int[] addends,
      int[] largest,
      int j,
      int[] significands,
      int[] exponents,
      int at) {
    IntVector high =
        (IntVector) ShortVector.fromArray(HALF_SHORTS, highs, j).convertShape(S2I, INTS, 0);
    IntVector modulo =
        (IntVector) ShortVector.fromArray(HALF_SHORTS, sums, j).convertShape(S2I, INTS, 0);
    IntVector least = high.lanewise(LSHL, Byte.SIZE);
    IntVector whole =
        modulo.sub(least).and(0xFFFF).add(least).add(IntVector.fromArray(INTS, addends, j));
    whole.intoArray(addends, j);
    FloatVector sum = (FloatVector) whole.convertShape(I2F, FLOATS, 0);
    IntVector bits = sum.reinterpretAsInts();
    IntVector magnitude = bits.and(Integer.MAX_VALUE);
    IntVector unit = IntVector.fromArray(INTS, largest, j).sub(exponentBase);
    VectorMask<Integer> zero = magnitude.compare(EQ, 0);
    IntVector leading = magnitude.lanewise(LSHR, MOST_BITS).add(unit).blend(minExponent, zero);
    IntVector raised =
        magnitude.add(magnitude.lanewise(LSHR, computedShift).and(tieBit)).add(belowHalf);
    IntVector rounded = raised.and(-1 << computedShift);
    IntVector exponent = rounded.lanewise(LSHR, MOST_BITS).add(unit).blend(ZERO_EXPONENT, zero);
    if (leading.compare(LT, minExponent).anyTrue() || exponent.compare(GE, maxExponent).anyTrue()) {
      return false;
    }
    IntVector sign = bits.lanewise(ASHR, Integer.SIZE - 1);
    IntVector kept = rounded.and(HIDDEN - 1).add(HIDDEN).lanewise(LSHR, heldShift);
    kept.lanewise(XOR, sign).sub(sign).blend(0, zero).intoArray(significands, at);
    exponent.intoArray(exponents, at);
    return true;
  }

  private void roundOneByOne(
      int[] sums, int[] largest, int j, int[] significands, int[] exponents, int at) {
    long[] significand = new long[1];
    int[] exponent = new int[1];
    for (int i = 0; i < INTS.length(); i++) {
      rounder.round(sums[j + i], largest[j + i] - keptFractionBits, significand, exponent, 0);
      significands[at + i] = (int) significand[0];
      exponents[at + i] = exponent[0];
    }
  }
}
