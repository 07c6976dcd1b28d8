package macroscope.format;

/**
 * A binary floating-point format of any field widths, bias, signedness and special values: data, not
 * a class. Decoding: exponent field 0 (where the format has subnormals) stands for {@code 0.f *
 * 2^(1-bias)}, any other for {@code 1.f * 2^(field-bias)}.
 *
 * @param name canonical name
 * @param signed whether a sign bit leads the code
 * @param exponentBits 0..11 (0: a code is a fixed-point fraction)
 * @param fractionBits stored significand bits, 0..52
 * @param bias exponent bias
 * @param specials which codes stand for NaN, infinity, negative zero
 * @param subnormals whether exponent field 0 is subnormal (false: E8M0-like, no zero)
 */
public record FloatFormat(
    String name,
    boolean signed,
    int exponentBits,
    int fractionBits,
    int bias,
    SpecialValues specials,
    boolean subnormals)
    implements NumberFormat {

  @Override
  public int bits() {
    return (signed ? 1 : 0) + exponentBits + fractionBits;
  }

  /** Exponent of the least normal number, 1 - bias: also that of every subnormal. */
  public int minExponent() {
    return 1 - bias;
  }

  /** Exponent of the largest finite number. */
  public int maxExponent() {
    throw new IllegalStateException("being written");
  }

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
