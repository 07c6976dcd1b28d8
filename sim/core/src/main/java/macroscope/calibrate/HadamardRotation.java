package macroscope.calibrate;

import java.util.SplittableRandom;

/**
 * A randomized Hadamard matrix: {@code D H / sqrt(size)} with H Sylvester's matrix of signs and D a
 * diagonal of random signs, applied to each run of {@code size} channels by the fast transform. It
 * spreads one large channel evenly over all of its run (QuaRot, Ashkboos et al., arXiv 2404.00456,
 * section 4).
 *
 * @param size channels of a run, a power of two
 * @param seed of the signs; the same signs for the same K
 */
public record HadamardRotation(int size, long seed) {

  public HadamardRotation {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size of a rotation must be a power of two: " + size);
    }
  }

  /** The largest runs that fill K, at most {@code most} channels: 384 has 128. */
  static HadamardRotation filling(int k, int most, long seed) {
    return new HadamardRotation(
        Math.min(Integer.lowestOneBit(k), Integer.highestOneBit(most)), seed);
  }

  /** Rows of K channels, turned; a new array. */
  double[] apply(double[] x, int k) {
    double[] signs = signs(k);
    double[] turned = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      turned[i] = x[i] * signs[i % k];
    }
    for (int at = 0; at < x.length; at += size) {
      transform(turned, at);
    }
    return turned;
  }

  private double[] signs(int k) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] signs = new double[k];
    double unit = 1 / Math.sqrt(size);
    for (int i = 0; i < k; i++) {
      signs[i] = random.nextBoolean() ? unit : -unit;
    }
    return signs;
  }

  private void transform(double[] x, int from) {
    for (int half = 1; half < size; half *= 2) {
      for (int start = from; start < from + size; start += 2 * half) {
        for (int i = start; i < start + half; i++) {
          double a = x[i];
          double b = x[i + half];
          x[i] = a + b;
          x[i + half] = a - b;
        }
      }
    }
  }
}
