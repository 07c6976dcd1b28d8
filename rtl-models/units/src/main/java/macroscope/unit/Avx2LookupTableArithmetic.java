package macroscope.unit;

import static macroscope.unit.IeeeArithmetic.add32;
import static macroscope.unit.IeeeArithmetic.fma32;
import static macroscope.unit.IeeeArithmetic.magnitude;
import static macroscope.unit.IeeeArithmetic.multiply32;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.unit.LookupTableSpec.Aggregation;

/** T-MAC's AVX2 kernels: every step in binary32. */
final class Avx2LookupTableArithmetic implements LookupTableArithmetic {

  @Override
  public FloatFormat format() {
    return Formats.BINARY32;
  }

  @Override
  public float round(double x) {
    return IeeeArithmetic.round32(x);
  }

  @Override
  public float round(float x) {
    return x;
  }

  @Override
  public long code(float x) {
    return Integer.toUnsignedLong(Float.floatToRawIntBits(x));
  }

  @Override
  public float value(long code) {
    return Float.intBitsToFloat((int) code);
  }

  @Override
  public float add(float a, float b) {
    return add32(a, b);
  }

  @Override
  public float subtract(float a, float b) {
    return IeeeArithmetic.subtract32(a, b);
  }

  @Override
  public float multiply(float a, float b) {
    return multiply32(a, b);
  }

  @Override
  public float fma(float a, float b, float c) {
    return fma32(a, b, c);
  }

  @Override
  public float magnitudeSum(float b0, float b1, float b2, float b3) {
    return add32(add32(magnitude(b0), magnitude(b1)), add32(magnitude(b2), magnitude(b3)));
  }

  @Override
  public float scale(float largestMagnitudeSum) {
    return IeeeArithmetic.divide32(largestMagnitudeSum, 127);
  }

  @Override
  public float reciprocal(float scale) {
    return IeeeArithmetic.divide32(1, scale);
  }

  /** PACKSSDW and PACKSSWB saturate what CVTPS2DQ gives, so that NaN and overflow become -128. */
  @Override
  public byte quantize(float entry, float reciprocal) {
    int nearest = IeeeArithmetic.nearestIntegerX86(multiply32(entry, reciprocal));
    return (byte) Math.max(-128, Math.min(127, nearest));
  }

  /** The horizontal add of eight lanes: lanes i and i+4, then i and i+2, then the last two. */
  @Override
  public float addToBias(float bias, float[] e) {
    float r0 = add32(e[4], e[0]);
    float r1 = add32(e[5], e[1]);
    float r2 = add32(e[6], e[2]);
    float r3 = add32(e[7], e[3]);
    return add32(bias, add32(add32(r0, r2), add32(r1, r3)));
  }

  @Override
  public void scale(
      int[] lookups,
      float[] scales,
      float[] biases,
      int planes,
      float[] weightScales,
      int firstScale,
      float[] sums) {
    int v = 0;
    for (int row = 0, i = 0; i < sums.length; row++) {
      float weightScale = weightScales[firstScale + row];
      for (int plane = 0; plane < planes; plane++, i++) {
        float sum = scaled(lookups[v++], scales[0], biases[0], plane == 0);
        for (int group = 1; group < scales.length; group++) {
          sum = add32(sum, scaled(lookups[v++], scales[group], biases[group], plane == 0));
        }
        sums[i] = fma32(sum, weightScale, sums[i]);
      }
    }
  }

  private static float scaled(int lookups, float scale, float bias, boolean firstPlane) {
    float sum = IeeeArithmetic.round32(lookups);
    return firstPlane ? fma32(sum, scale, bias) : multiply32(sum, scale);
  }

  @Override
  public float fastBias(float bias, float scale, int lookups, int planes, Aggregation aggregation) {
    float excess = FastAggregation.excess(lookups, planes, aggregation);
    return fma32(IeeeArithmetic.negate(scale), excess, bias);
  }
}
