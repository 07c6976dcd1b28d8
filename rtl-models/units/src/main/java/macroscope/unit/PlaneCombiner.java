package macroscope.unit;

import static macroscope.unit.IeeeArithmetic.add32;
import static macroscope.unit.IeeeArithmetic.multiply32;

/**
 * Adds the partial sums of the bit planes with the weights 1/2, 1, 2, 4 of their planes, in binary32:
 * {@code ((c0/2 + c1) + c2*2) + c3*4}.
 */
final class PlaneCombiner {

  private PlaneCombiner() {}

  /** The planes of one weight row, which start at {@code from}. */
  static float combine(float[] sums, int from, int planes) {
    float result = multiply32(sums[from], 0.5f);
    for (int plane = 1; plane < planes; plane++) {
      float weight = IeeeArithmetic.round32(1 << (plane - 1));
      result = add32(result, multiply32(sums[from + plane], weight));
    }
    return result;
  }

  /**
   * Integer planes under one activation scale: {@code (planes * scale + bias / 2) * weightScale}, each
   * step rounded to binary32.
   */
  static float combine(
      int[] sums, int from, int planes, float scale, float bias, float weightScale) {
    float[] converted = new float[planes];
    for (int plane = 0; plane < planes; plane++) {
      converted[plane] = IeeeArithmetic.round32(sums[from + plane]);
    }
    float scaled = multiply32(combine(converted, 0, planes), scale);
    return multiply32(add32(scaled, multiply32(bias, 0.5f)), weightScale);
  }
}
