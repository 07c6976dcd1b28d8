package macroscope.format;

/**
 * Which codes of a float format are not ordinary numbers.
 *
 * <p>The queries see a format as a sign bit (where signed) above a <em>magnitude</em> of {@code
 * exponentBits + fractionBits} bits. Magnitudes up to {@link #maxFinite} are numbers, in order.
 */
public enum SpecialValues {
  /** Top exponent field: fraction 0 is infinity, the rest NaN; negative zero exists (IEEE 754). */
  IEEE,
  /** No infinity; the all-ones code of each sign is NaN; negative zero exists (OCP e4m3). */
  FN,
  /** The all-ones code of each sign is NaN and infinity in one; negative zero exists (DLFloat). */
  MERGED,
  /** The negative-zero code is the only NaN; no infinity, no negative zero (e4m3fnuz). */
  FNUZ,
  /** Every code is a number (OCP e2m1, e2m3, e3m2). */
  FINITE,
  /** One NaN (signed: the negative-zero code; unsigned: the top code), no infinity (P3109 finite). */
  P3109_FINITE,
  /** As {@link #P3109_FINITE}, and the top codes below NaN are infinities (P3109 extended). */
  P3109_EXTENDED;

  /** What the queries answer where the format has no such code. */
  static final long NONE = -1;

  /** Whether the negative-zero code of a signed format is a zero. */
  boolean hasNegativeZero() {
    return this == IEEE || this == FN || this == MERGED || this == FINITE;
  }

  /** The magnitude of the largest finite number. */
  long maxFinite(boolean signed, int exponentBits, int fractionBits) {
    long top = (1L << (exponentBits + fractionBits)) - 1;
    long lowered = signed ? top : top - 1;
    return switch (this) {
      case IEEE -> top - (1L << fractionBits);
      case FN, MERGED -> top - 1;
      case FNUZ, FINITE -> top;
      case P3109_FINITE -> lowered;
      case P3109_EXTENDED -> lowered - 1;
    };
  }

  /** The magnitude of infinity, or {@link #NONE}. */
  long infinity(boolean signed, int exponentBits, int fractionBits) {
    return this == IEEE || this == P3109_EXTENDED
        ? maxFinite(signed, exponentBits, fractionBits) + 1
        : NONE;
  }

  /** The code of the canonical NaN (IEEE: positive and quiet, payload 0), or {@link #NONE}. */
  long nan(boolean signed, int exponentBits, int fractionBits) {
    int width = exponentBits + fractionBits;
    long top = (1L << width) - 1;
    return switch (this) {
      case IEEE -> fractionBits == 0 ? NONE : top - (1L << (fractionBits - 1)) + 1;
      case FN, MERGED -> top;
      case FNUZ -> 1L << width;
      case FINITE -> NONE;
      case P3109_FINITE, P3109_EXTENDED -> signed ? 1L << width : top;
    };
  }

  /** Whether a code is a NaN. */
  boolean isNan(long code, boolean signed, int exponentBits, int fractionBits) {
    if (this == IEEE || this == FN || this == MERGED) {
      long magnitude = code & ((1L << (exponentBits + fractionBits)) - 1);
      return magnitude > maxFinite(signed, exponentBits, fractionBits)
          && magnitude != infinity(signed, exponentBits, fractionBits);
    }
    return code == nan(signed, exponentBits, fractionBits);
  }
}
