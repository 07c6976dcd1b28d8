package macroscope.format;

import java.util.Objects;

/**
 * How numbers become codes of a format: rounding and overflow, and what some tools and hardware do
 * beside.
 *
 * @param rounding of the format
 * @param overflow of the format
 * @param viaBinary32 whether a number is first rounded to binary32, to nearest even, and so rounded
 *     twice: what numpy with ml_dtypes does to doubles
 * @param zeroInputs whether inputs below binary32's least normal number, 2^-126, count as zeros of
 *     their sign (DAZ, denormals are zero); after rounding to binary32 where that is asked for
 * @param zeroResults whether results that are subnormal in the format become zeros of their sign (FTZ,
 *     flush to zero; subnormal after rounding, as on x86). Formats without subnormals have none.
 */
public record Conversion(
    Rounding rounding,
    Overflow overflow,
    boolean viaBinary32,
    boolean zeroInputs,
    boolean zeroResults)
    implements ElementEncoding {

  private static final Value LEAST_NORMAL_INPUT = Value.of(Float.MIN_NORMAL);

  public Conversion {
    Objects.requireNonNull(rounding, "rounding");
    Objects.requireNonNull(overflow, "overflow");
  }

  /** One rounding and nothing else. */
  public static Conversion of(Rounding rounding, Overflow overflow) {
    return new Conversion(rounding, overflow, false, false, false);
  }

  /**
   * The code of a number.
   *
   * @throws IllegalArgumentException if the format has no code for it
   */
  public long encode(NumberFormat format, Value exact) {
    Value input = viaBinary32 ? asBinary32(exact) : exact;
    if (zeroInputs && input.isFinite() && below(input, LEAST_NORMAL_INPUT)) {
      input = zero(input.negative());
    }
    long code = format.encode(input, rounding, overflow);
    return zeroResults && isSubnormal(format, code)
        ? format.encode(zero(input.negative()), rounding, overflow)
        : code;
  }

  /** The same for doubles, for use on many numbers. */
  @Override
  public Encoder encoder(NumberFormat format) {
    boolean plain = !viaBinary32 && !zeroInputs && !zeroResults;
    return plain ? format.encoder(rounding, overflow) : x -> encode(format, Value.of(x));
  }

  private static Value asBinary32(Value exact) {
    FloatFormat single = Formats.BINARY32;
    return single.decode(single.encode(exact, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
  }

  private static boolean isSubnormal(NumberFormat format, long code) {
    if (!(format instanceof FloatFormat f) || !f.subnormals()) {
      return false;
    }
    Value value = f.decode(code);
    return value.isFinite() && below(value, Value.of(1, f.minExponent()));
  }

  private static boolean below(Value value, Value positive) {
    Value magnitude = value.negative() ? value.negate() : value;
    return magnitude.compare(positive) < 0;
  }

  private static Value zero(boolean negative) {
    return negative ? Value.NEGATIVE_ZERO : Value.ZERO;
  }
}
