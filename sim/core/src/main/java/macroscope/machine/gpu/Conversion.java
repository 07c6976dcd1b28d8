package macroscope.machine.gpu;

/**
 * Instructions that turn weights of a narrower format into operands of matrix units, in registers, while
 * the kernel runs. Warps that wait for converted operands multiply afterwards: the times add.
 *
 * <p>Four bits to binary16: for four weights two {@code lop3}, a subtraction and a multiply-add of
 * pairs, and a shift for every eight; scales of groups take a product of pairs more (MARLIN, arXiv
 * 2408.11743, {@code dequant} and {@code scale} of marlin_cuda_kernel.cu). Eight bits to binary16: two
 * {@code prmt} and two subtractions of pairs for four weights (FasterTransformer's interleaved converter).
 * Four bits to int8: a mask of even and one of odd nibbles and a shift for eight weights (the 4-to-8-bit
 * path of MARLIN's W4A8 branch, QQQ).
 *
 * @param instructionsPerWeight of one lane
 */
record Conversion(double instructionsPerWeight) {

  private static final Conversion NONE = new Conversion(0);
  private static final double FOUR_BITS_TO_HALF = 9 / 8.0;
  private static final double EIGHT_BITS_TO_HALF = 1;
  private static final double FOUR_BITS_TO_BYTE = 3 / 8.0;
  private static final double GROUP_SCALE = 1 / 2.0;

  /** Bits of a weight's share of a scale from which on it has one of its group. */
  private static final double GROUP_SHARE = 0.05;

  /** For a processor's weights: none where its matrix units take them as they are. */
  static Conversion of(Gpu gpu, GemmOperands operands) {
    return gpu.converts(operands.type(), operands.bBits())
        ? of(operands.type(), operands.bBits())
        : NONE;
  }

  /** For weights of so many stored bits that are multiplied as a type. */
  static Conversion of(OperandType type, double storedBits) {
    if (storedBits >= type.bits()) {
      return NONE;
    }
    boolean groups = storedBits - Math.floor(storedBits) > GROUP_SHARE;
    return new Conversion(unscaled(type, storedBits) + (groups ? GROUP_SCALE : 0));
  }

  private static double unscaled(OperandType type, double storedBits) {
    if (type.bits() <= 8) {
      return FOUR_BITS_TO_BYTE;
    }
    return storedBits < 8 ? FOUR_BITS_TO_HALF : EIGHT_BITS_TO_HALF;
  }

  /** Whether there is anything to convert. */
  boolean needed() {
    return instructionsPerWeight > 0;
  }
}
