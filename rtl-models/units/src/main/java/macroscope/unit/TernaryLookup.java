package macroscope.unit;

/**
 * What surrounds the lookups of bitnet.cpp's ternary kernels (microsoft/BitNet at 16da220): activations
 * become int8 by one scale a token, and the integer dot product a real number. Between them is the
 * exact sum that {@link TernaryTableUnit} computes.
 */
public final class TernaryLookup {

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

  /** {@code dot / activationScale * weightScale}, each step in binary32. */
  public static float result(int dot, float activationScale, float weightScale) {
    float real = IeeeArithmetic.divide32(IeeeArithmetic.round32(dot), activationScale);
    return IeeeArithmetic.multiply32(real, weightScale);
  }
}
