package macroscope.unit;

import java.util.OptionalInt;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * How the terms of a fused dot product meet, where sources disagree and designs differ.
 *
 * @param zerosCount whether a zero operand or addend is a term with an exponent, -126, that others
 *     may be aligned to; else it is no term at all
 * @param leastExponent exponent that terms are aligned to at least, if there is one
 * @param truncation what becomes of the bits of a term below the kept ones: TOWARD_ZERO drops them of
 *     the magnitude, TOWARD_NEGATIVE of the two's complement number
 */
public record Alignment(boolean zerosCount, OptionalInt leastExponent, RoundingMode truncation) {

  /** What MMA-Sim (microsoft/MMA-Sim c785138) describes, and published outputs of GPUs do not refute. */
  public static final Alignment USUAL =
      new Alignment(true, OptionalInt.empty(), RoundingMode.TOWARD_ZERO);

  public Alignment {
    if (truncation != RoundingMode.TOWARD_ZERO && truncation != RoundingMode.TOWARD_NEGATIVE) {
      throw new IllegalArgumentException(
          "truncation must be TOWARD_ZERO or TOWARD_NEGATIVE: " + truncation);
    }
    leastExponent.ifPresent(least -> Widths.inRange("least exponent", least, -4096, 4096));
  }

  /** The same with zeros that are no terms. */
  public Alignment withoutZeros() {
    return new Alignment(false, leastExponent, truncation);
  }

  /** The same with an exponent that terms are aligned to at least. */
  public Alignment atLeast(int exponent) {
    return new Alignment(zerosCount, OptionalInt.of(exponent), truncation);
  }

  /** The same with the bits below the kept ones dropped in another direction. */
  public Alignment truncating(RoundingMode direction) {
    return new Alignment(zerosCount, leastExponent, direction);
  }
}
