package macroscope.fpga;

import macroscope.hardware.Component;

/**
 * What a memory is made of. Words of one memory lie side by side in as many blocks as their width
 * takes; depth is filled up with further blocks.
 *
 * <p>Source of the shapes: FINN-R (Blott et al., arXiv 1809.04570) as estimated by Xilinx/finn,
 * matrixvectoractivation.py; block RAM in simple dual-port mode, UG573 table 1-10.
 */
public enum RamStyle {
  /** Lookup tables up to 128 words, block RAM beyond. */
  AUTO,
  /** Lookup tables as RAM, 64 words of one bit each. */
  DISTRIBUTED,
  /** Block RAM of 18 Kbit: 16K x 1, 8K x 2, 4K x 4, 2K x 9, 1K x 18, 512 x 36. */
  BLOCK,
  /** UltraRAM: 4K x 72. */
  ULTRA;

  /** Deepest memory that {@link #AUTO} makes of lookup tables. */
  static final int MOST_DISTRIBUTED_WORDS = 128;

  private static final int LUT_WORDS = 64;
  private static final int ULTRA_WORDS = 4096;
  private static final int ULTRA_BITS = 72;

  /** What a memory takes. */
  Resources of(Component.Memory memory) {
    return switch (this) {
      case AUTO -> (memory.words() <= MOST_DISTRIBUTED_WORDS ? DISTRIBUTED : BLOCK).of(memory);
      case DISTRIBUTED ->
          Resources.of(
              Resource.LUT, (double) memory.bits() * ceilDivide(memory.words(), LUT_WORDS));
      case BLOCK -> Resources.of(Resource.BRAM18, blocks(memory.words(), memory.bits()));
      case ULTRA ->
          Resources.of(
              Resource.URAM,
              (double) ceilDivide(memory.words(), ULTRA_WORDS)
                  * ceilDivide(memory.bits(), ULTRA_BITS));
    };
  }

  private static double blocks(int words, int bits) {
    if (bits == 1) {
      return ceilDivide(words, 16384);
    }
    if (bits == 2) {
      return ceilDivide(words, 8192);
    }
    if (bits <= 4) {
      return ceilDivide(words, 4096);
    }
    if (bits <= 9) {
      return ceilDivide(words, 2048);
    }
    return bits <= 18 || words > 512
        ? (double) ceilDivide(words, 1024) * ceilDivide(bits, 18)
        : (double) ceilDivide(words, 512) * ceilDivide(bits, 36);
  }

  private static int ceilDivide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
