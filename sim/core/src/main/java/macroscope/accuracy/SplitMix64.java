package macroscope.accuracy;

/**
 * The pseudorandom generator SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014, figure 15, with mix64 variant 13 of Stafford): the state grows by
 * 0x9E3779B97F4A7C15 a step and is mixed. Written out here because the JDK does not promise the
 * algorithm of its own; the numbers of a seed never change.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spare;
  private boolean hasSpare;

  SplitMix64(long seed) {
    this.state = seed;
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform on (0, 1): the middle of one of 2^53 equal parts. */
  double uniform() {
    return ((nextLong() >>> 11) + 0.5) * 0x1p-53;
  }

  /** Standard normal, by Marsaglia's polar method; both of a pair are used, the first first. */
  double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double u;
    double v;
    double square;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = v * factor;
    hasSpare = true;
    return u * factor;
  }
}
