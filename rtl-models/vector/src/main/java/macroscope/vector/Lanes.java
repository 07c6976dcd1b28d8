package macroscope.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector shapes of this machine, at most 512 bits wide. */
final class Lanes {

  private static final int MOST_BITS = 512;

  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(MOST_BITS, IntVector.SPECIES_PREFERRED.vectorBitSize()));

  private static final VectorShape HALF = VectorShape.forBitSize(SHAPE.vectorBitSize() / 2);

  /** One column a lane. */
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);

  /** As many lanes as {@link #INTS}. */
  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);

  /** As many floats as {@link #LONGS} has lanes. */
  static final VectorSpecies<Float> HALF_FLOATS = VectorSpecies.of(float.class, HALF);

  /** As many lanes as {@link #LONGS}. */
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

  /** Half as many lanes, of twice the width. */
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);

  /** As many ints as {@link #LONGS} has lanes. */
  static final VectorSpecies<Integer> HALF_INTS = VectorSpecies.of(int.class, HALF);

  /** Twice as many lanes, of half the width. */
  static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, SHAPE);

  /** As many shorts as {@link #INTS} has lanes. */
  static final VectorSpecies<Short> HALF_SHORTS = VectorSpecies.of(short.class, HALF);

  private Lanes() {}

  /** {@code columns} rounded up to whole steps. */
  static int wholeSteps(int columns, int step) {
    return (columns + step - 1) / step * step;
  }
}
