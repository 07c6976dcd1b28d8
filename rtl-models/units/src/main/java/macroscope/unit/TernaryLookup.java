package macroscope.unit;

/**
 * The lookups of bitnet.cpp's ternary kernels (microsoft/BitNet at 16da220, utils/codegen_tl1.py and
 * codegen_tl2.py): an exact integer dot product of ternary weights with int8 activations, by tables of
 * sums of two activations (TL1: 9 entries, 2 bits a weight) or three (TL2: 14 entries and a sign, 5/3
 * bits a weight). Entries are 16 bits wide, so that nothing is rounded before the epilogue.
 */
public final class TernaryLookup {

  private static final int PAIR_ENTRIES = 9;
  private static final int TRIPLE_ENTRIES = 14;

  private TernaryLookup() {}

  /** 127 / max |x| in binary32: what a token's activations are multiplied with; infinite if all are 0. */
  public static float activationScale(float[] activations) {
    float largest = 0;
    for (float x : activations) {
      largest = IeeeArithmetic.maximum(largest, IeeeArithmetic.magnitude(x));
    }
    return IeeeArithmetic.divide32(127, largest);
  }

  /** Activations times scale, each step rounded to nearest even; 0 for NaN, which 0 times infinity is. */
  public static byte[] quantize(float[] activations, float scale) {
    byte[] quantized = new byte[activations.length];
    for (int k = 0; k < quantized.length; k++) {
      quantized[k] =
          (byte) IeeeArithmetic.nearestIntegerArm(IeeeArithmetic.multiply32(activations[k], scale));
    }
    return quantized;
  }

  /** TL1's index of each two weights: 3 (w0 + 1) + (w1 + 1). */
  public static int[] pairIndices(byte[] weights) {
    requireMultiple(weights.length, 2);
    int[] indices = new int[weights.length / 2];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = 3 * (weight(weights, 2 * i) + 1) + weight(weights, 2 * i + 1) + 1;
    }
    return indices;
  }

  /**
   * TL2's code of each three weights: 9 w0 + 3 w1 + w2, -13..13; upstream stores its magnitude as the
   * index and its sign apart.
   */
  public static int[] tripleCodes(byte[] weights) {
    requireMultiple(weights.length, 3);
    int[] codes = new int[weights.length / 3];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          9 * weight(weights, 3 * i) + 3 * weight(weights, 3 * i + 1) + weight(weights, 3 * i + 2);
    }
    return codes;
  }

  /** The dot product by tables of pairs; {@code indices} those of one row of weights. */
  public static int dotByPairs(byte[] activations, int[] indices) {
    int sum = 0;
    for (int i = 0; i < indices.length; i++) {
      sum += pairTable(activations[2 * i], activations[2 * i + 1])[indices[i]];
    }
    return sum;
  }

  private static short[] pairTable(int b0, int b1) {
    short[] table = new short[PAIR_ENTRIES];
    for (int i = 0; i < PAIR_ENTRIES; i++) {
      table[i] = (short) ((i / 3 - 1) * b0 + (i % 3 - 1) * b1);
    }
    return table;
  }

  /** The dot product by half tables of triples; {@code codes} those of one row of weights. */
  public static int dotByTriples(byte[] activations, int[] codes) {
    int sum = 0;
    for (int i = 0; i < codes.length; i++) {
      int at = 3 * i;
      short entry =
          tripleTable(activations[at], activations[at + 1], activations[at + 2])[
              Math.abs(codes[i])];
      int mask = codes[i] >> (Integer.SIZE - 1);
      sum += entry + mask ^ mask;
    }
    return sum;
  }

  /** Entry i is the sum that the balanced ternary digits of i give: 0, b2, b1 - b2, b1, b1 + b2, ... */
  private static short[] tripleTable(int b0, int b1, int b2) {
    short[] table = new short[TRIPLE_ENTRIES];
    for (int i = 0; i < TRIPLE_ENTRIES; i++) {
      int w2 = (i + 1) % 3 - 1;
      int rest = (i - w2) / 3;
      int w1 = (rest + 1) % 3 - 1;
      table[i] = (short) ((rest - w1) / 3 * b0 + w1 * b1 + w2 * b2);
    }
    return table;
  }

  /** {@code dot / activationScale * weightScale}, each step in binary32. */
  public static float result(int dot, float activationScale, float weightScale) {
    float real = IeeeArithmetic.divide32(IeeeArithmetic.round32(dot), activationScale);
    return IeeeArithmetic.multiply32(real, weightScale);
  }

  private static int weight(byte[] weights, int k) {
    if (weights[k] < -1 || weights[k] > 1) {
      throw new IllegalArgumentException("ternary weights must be -1, 0 or 1: " + weights[k]);
    }
    return weights[k];
  }

  private static void requireMultiple(int inputs, int of) {
    if (inputs % of != 0) {
      throw new IllegalArgumentException(
          "weights of a row must be a multiple of " + of + ": " + inputs);
    }
  }
}
