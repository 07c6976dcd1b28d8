package macroscope.tensor;

/** How a scale is found from the elements that share it. */
public enum ScaleRule {
  /** absmax / largest element value; integers: absmax / (2^(b-1)-1). A zero scale counts as 1. */
  ABSMAX,
  /** 2^(floor(log2 absmax) - emax) clamped to the scale format (OCP MX 1.0, section 6.3). */
  POWER_OF_TWO_FLOOR,
  /** 2^ceil(log2(absmax / largest element value)): never clips (arXiv 2510.25602). */
  POWER_OF_TWO_CEIL,
  /** mean |x|: the ternary rule of BitNet b1.58. */
  ABSMEAN
}
