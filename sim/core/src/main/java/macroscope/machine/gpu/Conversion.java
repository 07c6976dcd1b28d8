package macroscope.machine.gpu;

/**
 * Instructions that turn an operand of a narrower format into one of matrix units, in registers, while
 * the kernel runs.
 *
 * <p>Four bits to binary16: for four weights two {@code lop3}, a subtraction and a multiply-add of
 * pairs, and a shift for every eight; scales of groups take a product of pairs more (MARLIN, arXiv
 * 2408.11743, {@code dequant} and {@code scale} of marlin_cuda_kernel.cu). Eight bits to binary16: two
 * {@code prmt} and two subtractions of pairs for four weights (FasterTransformer's interleaved converter).
 * Four bits to int8: a mask of even and one of odd nibbles and a shift for eight weights (the 4-to-8-bit
 * path of MARLIN's W4A8 branch, QQQ).
 *
 * @param logicPerWeight logical operations, shifts and permutations of a lane
 * @param pairsPerWeight operations on pairs of binary16 of a lane
 */
public record Conversion(double logicPerWeight, double pairsPerWeight) {

  private static final Conversion NONE = new Conversion(0, 0);
  private static final Conversion FOUR_BITS_TO_HALF = new Conversion(5 / 8.0, 4 / 8.0);
  private static final Conversion EIGHT_BITS_TO_HALF = new Conversion(1 / 2.0, 1 / 2.0);
  private static final Conversion FOUR_BITS_TO_BYTE = new Conversion(3 / 8.0, 0);
  private static final double GROUP_SCALE = 1 / 2.0;

  /** Bits of a weight's share of a scale from which on it has one of its group. */
  private static final double GROUP_SHARE = 0.05;

  /** For an operand of so many stored bits: none where a processor's matrix units take it as it is. */
  public static Conversion of(Gpu gpu, OperandType type, double storedBits) {
    return gpu.converts(type, storedBits) ? of(type, storedBits) : NONE;
  }

  /** For an operand of so many stored bits that is multiplied as a type. */
  static Conversion of(OperandType type, double storedBits) {
    if (storedBits >= type.bits()) {
      return NONE;
    }
    Conversion unscaled = unscaled(type, storedBits);
    boolean groups = storedBits - Math.floor(storedBits) > GROUP_SHARE;
    return groups
        ? new Conversion(unscaled.logicPerWeight, unscaled.pairsPerWeight + GROUP_SCALE)
        : unscaled;
  }

  private static Conversion unscaled(OperandType type, double storedBits) {
    if (type.bits() <= 8) {
      return FOUR_BITS_TO_BYTE;
    }
    return storedBits < 8 ? FOUR_BITS_TO_HALF : EIGHT_BITS_TO_HALF;
  }

  /** Whether there is anything to convert. */
  boolean needed() {
    return instructionsPerWeight() > 0;
  }

  /** Of a lane, of all kinds. */
  public double instructionsPerWeight() {
    return logicPerWeight + pairsPerWeight;
  }

  /** Cycles of a multiprocessor for a weight where few warps wait for what they convert. */
  double chainCycles(VectorLanes lanes) {
    return instructionsPerWeight() / lanes.lanes();
  }

  /** The same where other warps fill the pipes: of the busier pipe, or of issuing. */
  public double pipeCycles(VectorLanes lanes) {
    double pipes =
        Math.max(logicPerWeight / lanes.logicPerCycle(), 2 * pairsPerWeight / lanes.halfPerCycle());
    return Math.max(pipes, instructionsPerWeight() / VectorLanes.ISSUED_PER_CYCLE);
  }
}
