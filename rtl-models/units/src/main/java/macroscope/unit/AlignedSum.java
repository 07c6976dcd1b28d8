package macroscope.unit;

/**
 * How the terms of a fused dot product meet: each is shifted to {@code keptFractionBits} below the
 * largest exponent and what falls off is dropped, toward zero.
 *
 * <p>A product of significands has p = {@code productFractionBits} fraction bits and lies below
 * 2^(p+2); an addend with c fraction bits below 2^(c+1). Shifting left by a constant first, where F
 * exceeds p, makes every later shift one to the right: {@code aligned = (x << left) >> (right +
 * largest - exponent)}.
 *
 * <p>Width proof. Operand fraction bits are at most 30, so p <= 60 and a shifted product lies below
 * 2^(max(F,p)+2) <= 2^62; F is at most 40, so an aligned term lies below 2^(F+2) <= 2^42 and a sum of
 * a group of at most 1024 with the addend below 2^53. Addends have at most 52 fraction bits. All fit
 * a long.
 *
 * @param productLeft constant left shift of products
 * @param productRight constant right shift of products
 * @param addendLeft constant left shift of the addend
 * @param addendRight constant right shift of the addend
 * @param keptFractionBits F; a sum is in units of {@code 2^(largest - F)}
 */
public record AlignedSum(
    int productLeft, int productRight, int addendLeft, int addendRight, int keptFractionBits) {

  /** Exponent of a product of padding: of two zeros. */
  public static final int PADDING_EXPONENT = 2 * FloatFields.ZERO_EXPONENT;

  /** The shifts that {@code spec} needs. */
  public static AlignedSum of(FusedDotSpec spec) {
    int product = spec.a().fractionBits() + spec.b().fractionBits();
    int addend = spec.accumulator().fractionBits();
    int kept = spec.keptFractionBits();
    return new AlignedSum(
        Math.max(0, kept - product),
        Math.max(0, product - kept),
        Math.max(0, kept - addend),
        Math.max(0, addend - kept),
        kept);
  }

  /** The addend in units of {@code 2^(largest - F)}, toward zero or toward minus infinity. */
  long cutAddend(long significand, int exponent, int largest, boolean floor) {
    long shifted = significand << addendLeft;
    int drop = addendRight + largest - exponent;
    return floor ? floor(shifted, drop) : truncate(shifted, drop);
  }

  /** {@code x * 2^-drop} toward minus infinity, for drop >= 0. */
  static long floor(long x, int drop) {
    return x >> Math.min(drop, Long.SIZE - 1);
  }

  /** {@code x * 2^-drop} toward zero, for drop >= 0 and |x| < 2^62. */
  static long truncate(long x, int drop) {
    long sign = x >> (Long.SIZE - 1);
    long magnitude = (x ^ sign) - sign;
    return (magnitude >> Math.min(drop, Long.SIZE - 1) ^ sign) - sign;
  }
}
