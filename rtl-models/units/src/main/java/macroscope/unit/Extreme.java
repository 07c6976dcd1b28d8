package macroscope.unit;

/** What a sum is before any finite term counts: a number, or already infinite or NaN. */
enum Extreme {
  NONE,
  POSITIVE_INFINITY,
  NEGATIVE_INFINITY,
  NAN;

  static Extreme infinity(boolean negative) {
    return negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
  }

  /** That of a sum: NaN wins, opposite infinities make NaN. */
  Extreme plus(Extreme other) {
    if (this == NONE || this == other) {
      return other;
    }
    return other == NONE ? this : NAN;
  }
}
