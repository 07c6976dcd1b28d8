package macroscope.tensor;

/** How a scale is found from the elements that share it. */
public enum ScaleRule {
  /**
   * absmax / largest element magnitude; integers: absmax / (2^(b-1)-1), absmax / 2^(b-1) where their
   * most negative code is used. A zero scale counts as 1.
   */
  ABSMAX,
  /** 2^(floor(log2 absmax) - emax) clamped to the scale format (OCP MX 1.0, section 6.3). */
  POWER_OF_TWO_FLOOR,
  /**
   * As {@link #POWER_OF_TWO_FLOOR}, but a block of zeros has the least scale of its format, as the
   * exponent field of a floating-point zero is 0: block floating point (arXiv 2302.08007). What the
   * floor rule does is microxcaling's.
   */
  SHARED_EXPONENT,
  /** 2^ceil(log2(absmax / largest element value)): never clips (arXiv 2510.25602). */
  POWER_OF_TWO_CEIL,
  /**
   * 2^round(log2(absmax / largest element value)): the power of two nearest in ratio, so that the
   * largest magnitude is clipped by less than the root of two. There is no tie: no quotient of two
   * doubles is the root of an odd power of two.
   */
  POWER_OF_TWO_NEAREST,
  /**
   * As {@link #POWER_OF_TWO_FLOOR}, with absmax first rounded to the significand of the element
   * format, ties to even: the scale grows where the largest magnitude would round up to the next
   * power of two ("even" of AMD Quark and torchao).
   */
  POWER_OF_TWO_EVEN,
  /**
   * 2^-ceil(log2(largest / own)) of the scales that {@link #ABSMAX} would give: the largest of them is
   * stored by the level outside, real, and each scale is that one shifted down (M2 of ZeroQuant-FP,
   * arXiv 2307.09782, section 3). Clips by less than 2.
   */
  POWER_OF_TWO_OF_LARGEST,
  /**
   * (max - min) / (largest - least code), where max and min are at least and at most 0, with the
   * zero point least - round(min / scale): integers whose codes span just the numbers (Jacob et al.,
   * arXiv 1712.05877, section 2.1).
   */
  MINMAX,
  /** mean |x|: the ternary rule of BitNet b1.58. */
  ABSMEAN,
  /**
   * sqrt(mean x^2): what codebooks of vectors are learnt under. AQLM divides each row by its norm (arXiv
   * 2401.06118, published code), which is this but for a constant.
   */
  ROOT_MEAN_SQUARE,
  /**
   * The scale with the least sum of squared errors among absmax / (largest element value * 2^(j/16)),
   * j = -16..32, each as it is stored; of equal ones the largest. Every candidate is tried: some fifty
   * times the work of the others. For the innermost level alone.
   */
  SEARCH;

  /** Whether scales are powers of two whatever their format. */
  public boolean powerOfTwo() {
    return switch (this) {
      case POWER_OF_TWO_FLOOR,
          SHARED_EXPONENT,
          POWER_OF_TWO_CEIL,
          POWER_OF_TWO_NEAREST,
          POWER_OF_TWO_EVEN,
          POWER_OF_TWO_OF_LARGEST ->
          true;
      case ABSMAX, MINMAX, ABSMEAN, ROOT_MEAN_SQUARE, SEARCH -> false;
    };
  }
}
