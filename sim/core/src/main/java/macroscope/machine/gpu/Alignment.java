package macroscope.machine.gpu;

/**
 * How many bytes at a time a kernel can copy rows of an operand: the largest of 16, 8, 4, 2 and 1 that
 * divides the length of a row. Asynchronous copies to shared memory take 4, 8 or 16 bytes (PTX ISA, {@code
 * cp.async}); what is less aligned goes through registers, with two stages, and fills fewer lanes' worth of
 * shared memory's width.
 *
 * @param bytes 1, 2, 4, 8 or 16
 */
record Alignment(int bytes) {

  private static final int WIDEST = 16;
  private static final int LEAST_ASYNCHRONOUS = 4;
  private static final int LANES = 32;

  /** Of both operands, whose scales lie apart; what a kernel converts is laid out for it. */
  static Alignment of(int k, GemmOperands operands) {
    return new Alignment(
        Math.min(of(k, operands.aBits(), operands), of(k, operands.bBits(), operands)));
  }

  private static int of(int k, double bits, GemmOperands operands) {
    boolean rearranged = bits < operands.type().bits();
    return rearranged ? WIDEST : ofRow(k * Math.floor(bits) / 8);
  }

  private static int ofRow(double rowBytes) {
    int bytes = WIDEST;
    while (bytes > 1 && rowBytes % bytes != 0) {
      bytes /= 2;
    }
    return bytes;
  }

  /** Whether copies run beside the main loop. */
  boolean asynchronous() {
    return bytes >= LEAST_ASYNCHRONOUS;
  }

  /** Stages on their way beside the one that is used. */
  int stagesAhead(KernelTile tile) {
    return asynchronous() ? tile.stages() - 1 : 1;
  }

  /** Bytes of shared memory's time that a copied byte takes: reads of a warp are 32 lanes wide. */
  double copyFactor(double sharedBytesPerCycle) {
    double once = Math.max(1, sharedBytesPerCycle / (LANES * bytes));
    return asynchronous() ? once : 2 * once;
  }
}
