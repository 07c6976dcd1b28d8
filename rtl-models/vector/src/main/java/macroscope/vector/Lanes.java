package macroscope.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector shapes of this machine, at most 512 bits wide. */
final class Lanes {

  private static final int MOST_BITS = 512;

  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(MOST_BITS, IntVector.SPECIES_PREFERRED.vectorBitSize()));

  /** One column a lane. */
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);

  /** Half as many lanes, of twice the width. */
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);

  /** As many ints as {@link #LONGS} has lanes. */
  static final VectorSpecies<Integer> HALF_INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));

  private Lanes() {}
}
