package macroscope.format;

/**
 * A linear takum: sign S, direction D, regime R of 3 bits, characteristic C of r bits, fraction;
 * {@code (1 + fraction) * 2^c} (Hunhold, "Beating Posits at Their Own Game: Takum Arithmetic", 2024,
 * arXiv 2404.18603, definition 8; the logarithmic takum of definition 2 is another format).
 *
 * <p>D = 1: r = R, c = 2^r - 1 + C. D = 0: r = 7 - R, c = 1 - 2^(r+1) + C. So c is -255..254
 * whatever the width, and what a narrow code cannot hold of C counts as zeros.
 *
 * @param name canonical name
 * @param bits width of a code, 3..32
 */
public record TakumFormat(String name, int bits) implements TaperedFormat {

  private static final int DIRECTION_AND_REGIME_BITS = 4;

  public TakumFormat {
    if (bits < 3 || bits > 32) {
      throw new IllegalArgumentException(name + ": bits of a takum must be 3..32: " + bits);
    }
  }

  /** {@code takum<bits>}. */
  public static TakumFormat of(int bits) {
    return new TakumFormat("takum" + bits, bits);
  }

  @Override
  public int mostExponent() {
    return 254;
  }

  @Override
  public int leastExponent() {
    return -255;
  }

  private static int characteristicBits(int exponent) {
    int magnitude = exponent >= 0 ? exponent + 1 : -exponent;
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(magnitude);
  }

  @Override
  public long lead(int exponent) {
    int r = characteristicBits(exponent);
    int directionAndRegime = exponent >= 0 ? 8 + r : 7 - r;
    int characteristic = exponent - least(exponent >= 0, r);
    return (long) directionAndRegime << r | characteristic;
  }

  @Override
  public int leadBits(int exponent) {
    return DIRECTION_AND_REGIME_BITS + characteristicBits(exponent);
  }

  @Override
  public int exponent(long magnitude) {
    long aligned = magnitude << (Long.SIZE - (bits - 1));
    boolean up = aligned < 0;
    int regime = (int) (aligned >>> 60) & 7;
    int r = up ? regime : 7 - regime;
    long rest = aligned << DIRECTION_AND_REGIME_BITS;
    int characteristic = r == 0 ? 0 : (int) (rest >>> (Long.SIZE - r));
    return least(up, r) + characteristic;
  }

  /** The least exponent with this direction and number of characteristic bits. */
  private static int least(boolean up, int r) {
    return up ? (1 << r) - 1 : 1 - (1 << (r + 1));
  }
}
