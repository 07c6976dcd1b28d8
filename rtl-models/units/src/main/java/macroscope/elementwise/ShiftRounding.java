package macroscope.elementwise;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an arithmetic shift to the right rounds what it cuts off. */
public enum ShiftRounding {
  /** Toward minus infinity: the shift alone. */
  FLOOR,
  /** To nearest, ties toward plus infinity: half a unit is added first. */
  HALF_UP,
  /** To nearest, ties away from zero (gemmlowp's RoundingDivideByPOT). */
  HALF_AWAY,
  /**
   * Two roundings, as gemmlowp and TensorFlow Lite have it: the product over 2^31 to nearest with ties
   * toward plus infinity (SaturatingRoundingDoublingHighMul), then the rest of the shift as {@link
   * #HALF_AWAY} (Jacob et al., arXiv 1712.05877, appendix B).
   */
  DOUBLING_HIGH_MULTIPLY;

  private static final int HIGH_SHIFT = 31;

  /** Their names as users write them. */
  public static String names() {
    return Arrays.stream(values())
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /**
   * {@code x / 2^shift}.
   *
   * @param x |x| <= 2^62
   */
  public long shift(long x, int shift) {
    return switch (this) {
      case FLOOR -> x >> shift;
      case HALF_UP -> halfUp(x, shift);
      case HALF_AWAY -> halfAway(x, shift);
      case DOUBLING_HIGH_MULTIPLY -> halfAway(doublingHigh(x), shift - HIGH_SHIFT);
    };
  }

  private static long halfUp(long x, int shift) {
    return shift == 0 ? x : (x >> (shift - 1)) + 1 >> 1;
  }

  private static long halfAway(long x, int shift) {
    long magnitude = halfUp(Math.abs(x), shift);
    return x < 0 ? -magnitude : magnitude;
  }

  /** (x + nudge) / 2^31 with the quotient cut toward zero, nudge 2^30 or, for negative x, 1 - 2^30. */
  private static long doublingHigh(long x) {
    long half = 1L << (HIGH_SHIFT - 1);
    return (x + (x >= 0 ? half : 1 - half)) / (1L << HIGH_SHIFT);
  }
}
