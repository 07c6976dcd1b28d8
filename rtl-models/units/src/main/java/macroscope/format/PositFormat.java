package macroscope.format;

/**
 * A posit: sign, regime, exponent, fraction; {@code (1 + fraction) * 2^(k * 2^exponentBits + e)}
 * (Gustafson and Yonemoto, "Beating floating point at its own game", 2017; Standard for Posit
 * Arithmetic, 2022, where exponentBits is 2).
 *
 * <p>The regime k is a run: k+1 ones and a zero for k >= 0, -k zeros and a one below. Rounding is
 * that of the standard, on the bit string; see {@link #encode}.
 *
 * @param name canonical name
 * @param bits width of a code, 3..32
 * @param exponentBits 0..4
 */
public record PositFormat(String name, int bits, int exponentBits) implements TaperedFormat {

  public PositFormat {
    if (bits < 3 || bits > 32) {
      throw new IllegalArgumentException(name + ": bits of a posit must be 3..32: " + bits);
    }
    if (exponentBits < 0 || exponentBits > 4) {
      throw new IllegalArgumentException(
          name + ": exponent bits of a posit must be 0..4: " + exponentBits);
    }
  }

  /** {@code posit<bits>_<exponentBits>}. */
  public static PositFormat of(int bits, int exponentBits) {
    return new PositFormat("posit" + bits + "_" + exponentBits, bits, exponentBits);
  }

  @Override
  public int mostExponent() {
    return (bits - 2 << exponentBits) + (1 << exponentBits) - 1;
  }

  @Override
  public int leastExponent() {
    return -(bits - 2) << exponentBits;
  }

  @Override
  public long lead(int exponent) {
    int k = exponent >> exponentBits;
    long regime = k >= 0 ? (1L << (k + 2)) - 2 : 1;
    return regime << exponentBits | (exponent - (k << exponentBits));
  }

  @Override
  public int leadBits(int exponent) {
    int k = exponent >> exponentBits;
    return (k >= 0 ? k + 2 : 1 - k) + exponentBits;
  }

  @Override
  public int exponent(long magnitude) {
    long aligned = magnitude << (Long.SIZE - (bits - 1));
    boolean ones = aligned < 0;
    int run = Math.min(bits - 1, Long.numberOfLeadingZeros(ones ? ~aligned : aligned));
    int k = ones ? run - 1 : -run;
    long afterRegime = aligned << run << 1;
    int e = exponentBits == 0 ? 0 : (int) (afterRegime >>> (Long.SIZE - exponentBits));
    return (k << exponentBits) + e;
  }
}
