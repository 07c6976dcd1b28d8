package macroscope.format;

/** Which codes of a float format are not ordinary numbers. */
public enum SpecialValues {
  /** Top exponent field: fraction 0 is infinity, the rest NaN; negative zero exists (IEEE 754). */
  IEEE,
  /** No infinity; the all-ones code of each sign is NaN; negative zero exists (OCP e4m3). */
  FN,
  /** The negative-zero code is the only NaN; no infinity, no negative zero (e4m3fnuz). */
  FNUZ,
  /** Every code is a number (OCP e2m1, e2m3, e3m2). */
  FINITE,
  /** One NaN (signed: the negative-zero code; unsigned: the top code), no infinity (P3109 finite). */
  P3109_FINITE,
  /** As {@link #P3109_FINITE}, and the top codes below NaN are infinities (P3109 extended). */
  P3109_EXTENDED
}
