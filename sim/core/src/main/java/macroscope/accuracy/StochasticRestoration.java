package macroscope.accuracy;

import macroscope.format.StochasticRounding;
import macroscope.tensor.Coding;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;

/**
 * Stochastic rounding with the random bits of each element drawn from {@link SplitMix64}, row by row.
 * The matrix is quantized once with each value that the bits can have, and every element taken from
 * where its own were used; so a code depends on its element, scale and random bits alone.
 *
 * @param randomBits 1..8
 * @param seed of the random bits; every matrix begins anew
 */
record StochasticRestoration(
    TensorFormat format, StochasticRounding.Variant variant, int randomBits, long seed)
    implements Restoration {

  private static final int MOST_BITS = 8;

  StochasticRestoration {
    if (randomBits < 1 || randomBits > MOST_BITS) {
      throw new IllegalArgumentException(
          "random bits of each element must be 1.." + MOST_BITS + ": " + randomBits);
    }
    boolean searches = format.levels().stream().anyMatch(l -> l.rule() == ScaleRule.SEARCH);
    if (searches || !(format.coding() instanceof Coding.Single)) {
      throw new IllegalArgumentException(
          format.name()
              + ": random bits of each element need scales and codes that"
              + " do not depend on the rounding of others");
    }
  }

  @Override
  public double[] of(double[] x, int rows, int columns) {
    byte[] drawn = new byte[x.length];
    // Mixed, so that a matrix drawn with the same seed has other numbers.
    SplitMix64 random = new SplitMix64(new SplitMix64(seed).nextLong());
    for (int i = 0; i < x.length; i++) {
      drawn[i] = (byte) (random.nextLong() >>> Long.SIZE - randomBits);
    }
    double[] restored = new double[x.length];
    for (int bits = 0; bits < 1 << randomBits; bits++) {
      StochasticRounding rounding = new StochasticRounding(variant, randomBits, bits);
      double[] decoded = new Quantizer(format, rounding).quantize(x, rows, columns).decode();
      for (int i = 0; i < x.length; i++) {
        restored[i] = Byte.toUnsignedInt(drawn[i]) == bits ? decoded[i] : restored[i];
      }
    }
    return restored;
  }
}
