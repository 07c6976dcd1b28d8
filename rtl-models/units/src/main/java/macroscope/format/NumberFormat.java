package macroscope.format;

/**
 * A scalar number format: a finite set of codes of {@link #bits()} bits and the value of each.
 *
 * <p>{@code decode} never rounds. {@code encode} rounds once, by the named rounding, and handles what
 * does not fit by the named overflow policy. Codes are held in the low bits of a {@code long}, upper
 * bits zero.
 */
public interface NumberFormat {

  /** The canonical name, as {@link Formats} finds it. */
  String name();

  /** Width of a code in bits, 1..64. */
  int bits();

  /** Whether negative values exist. */
  boolean signed();

  /**
   * Whether a code stands for anything: it has no bits above {@link #bits()}, and the format uses it,
   * as all but some tables do.
   */
  default boolean isCode(long code) {
    return bits() == Long.SIZE || code >>> bits() == 0;
  }

  /**
   * The exact value of a code. Values of logarithmic and power formats are irrational; there it is
   * the nearest double, as {@link #decodeDouble}.
   *
   * @throws IllegalArgumentException if the format has no such code, see {@link #isCode}
   */
  Value decode(long code);

  /**
   * The code of {@code exact}, rounded once.
   *
   * @throws IllegalArgumentException if the format has no code for it (a NaN in a format without
   *     NaN, a negative number in an unsigned format that may not saturate)
   */
  long encode(Value exact, Rounding rounding, Overflow overflow);

  /** The largest finite value, exactly. */
  Value maxFinite();

  /**
   * The value of a code as a double: exact for every format of up to 53 significand bits and the
   * exponent range of binary64, which is every format here but the logarithmic and power formats,
   * where it is the nearest double.
   */
  double decodeDouble(long code);

  /** {@code encode(Value.of(x), ...)}, without objects in most formats; the same code, by test. */
  default long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    return encode(Value.of(x), rounding, overflow);
  }

  /** {@link #encodeDouble} for one rounding and overflow policy, for use on many numbers. */
  default Encoder encoder(Rounding rounding, Overflow overflow) {
    return x -> encodeDouble(x, rounding, overflow);
  }
}
