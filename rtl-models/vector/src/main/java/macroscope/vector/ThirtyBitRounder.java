package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.unit.FusedDotSpec;

/**
 * The output stage in 32-bit lanes, for at most three terms below 2^29 each. What is larger, or does
 * not become an ordinary number, goes through {@link LongRounder}.
 *
 * <p>The leading bit of a magnitude m is that of {@code m & ~(m >> 1)}, whose next bit is 0: rounded
 * to binary32 it keeps its exponent, which is floor(log2 m). Shifted there to bit 30, m is rounded
 * with room for a carry.
 */
final class ThirtyBitRounder {

  private static final int MOST_ROWS = 3;
  private static final int TERM_BITS = 29;
  private static final int TOP = 30;
  private static final int FLOAT_FRACTION_BITS = 23;
  private static final int ZERO_EXPONENT = -126;
  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;

  private final LongRounder wide;
  private final int minExponent;
  private final int maxExponent;
  private final int computedShift;
  private final int heldShift;
  private final int exponentBase;
  private final boolean nearest;

  ThirtyBitRounder(FusedDotSpec spec, LongRounder wide) {
    FloatFormat format = spec.accumulator();
    this.wide = wide;
    this.exponentBase = Float.MAX_EXPONENT + spec.keptFractionBits();
    this.minExponent = format.minExponent();
    this.maxExponent = format.maxExponent();
    this.computedShift = TOP - spec.outputFractionBits();
    this.heldShift = TOP - format.fractionBits();
    this.nearest = spec.finalRounding() == RoundingMode.TIES_TO_EVEN;
  }

  /** As {@link LongRounder#round} does. */
  void round(int[] terms, int[] largest, int[] significands, int[] exponents, int at, int columns) {
    boolean few = terms.length <= MOST_ROWS * largest.length;
    for (int j = 0; j < columns; j += INTS.length()) {
      if (!few || !normalise(terms, largest, j, significands, exponents, at + j)) {
        wide.round(terms, largest, j, j + INTS.length(), significands, exponents, at);
      }
    }
  }

  private boolean normalise(
      int[] terms, int[] largest, int j, int[] significands, int[] exponents, int at) {
    IntVector sum = IntVector.zero(INTS);
    IntVector widest = sum;
    for (int row = j; row < terms.length; row += largest.length) {
      IntVector term = IntVector.fromArray(INTS, terms, row);
      sum = sum.add(term);
      widest = widest.or(term.lanewise(XOR, term.lanewise(ASHR, Integer.SIZE - 1)));
    }
    IntVector sign = sum.lanewise(ASHR, Integer.SIZE - 1);
    IntVector magnitude = sum.lanewise(XOR, sign).sub(sign);
    IntVector half = magnitude.lanewise(LSHR, 1);
    IntVector top = magnitude.or(half).lanewise(XOR, half);
    IntVector field =
        ((FloatVector) top.convertShape(I2F, FLOATS, 0))
            .reinterpretAsInts()
            .lanewise(LSHR, FLOAT_FRACTION_BITS);
    IntVector kept = magnitude.lanewise(LSHL, field.neg().add(Float.MAX_EXPONENT + TOP));
    IntVector unit = IntVector.fromArray(INTS, largest, j).sub(exponentBase);
    VectorMask<Integer> zero = magnitude.compare(EQ, 0);
    IntVector exponent = field.add(unit);
    boolean outside =
        exponent.blend(minExponent, zero).compare(LT, minExponent).anyTrue()
            || widest.compare(GE, 1 << TERM_BITS).anyTrue();
    if (nearest) {
      kept = kept.add(kept.lanewise(LSHR, computedShift).and(1)).add((1 << computedShift - 1) - 1);
      IntVector carry = kept.lanewise(LSHR, Integer.SIZE - 1);
      kept = kept.lanewise(LSHR, carry);
      exponent = exponent.add(carry);
    }
    exponent = exponent.blend(ZERO_EXPONENT, zero);
    if (outside || exponent.compare(GE, maxExponent).anyTrue()) {
      return false;
    }
    kept = kept.and(-1 << computedShift).lanewise(LSHR, heldShift);
    kept.lanewise(XOR, sign).sub(sign).intoArray(significands, at);
    exponent.intoArray(exponents, at);
    return true;
  }
}
