package macroscope.format;

/**
 * Integers and fixed-point numbers: {@code code * 2^-fractionBits}, two's complement when signed.
 *
 * @param name canonical name
 * @param bits width of a code, 1..32
 * @param signed whether codes are two's complement
 * @param symmetric whether the most negative code is not used: range -(2^(bits-1)-1)..2^(bits-1)-1
 * @param fractionBits position of the binary point, 0 for integers
 */
public record IntegerFormat(
    String name, int bits, boolean signed, boolean symmetric, int fractionBits)
    implements NumberFormat {

  @Override
  public Value decode(long code) {
    throw new IllegalStateException("being written");
  }

  @Override
  public long encode(Value exact, Rounding rounding, Overflow overflow) {
    throw new IllegalStateException("being written");
  }

  @Override
  public Value maxFinite() {
    throw new IllegalStateException("being written");
  }

  @Override
  public double decodeDouble(long code) {
    throw new IllegalStateException("being written");
  }
}
