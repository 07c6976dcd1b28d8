package macroscope.unit;

import static macroscope.unit.IeeeArithmetic.add16;
import static macroscope.unit.IeeeArithmetic.add32;
import static macroscope.unit.IeeeArithmetic.fma16;
import static macroscope.unit.IeeeArithmetic.magnitude;
import static macroscope.unit.IeeeArithmetic.multiply16;
import static macroscope.unit.IeeeArithmetic.multiply32;
import static macroscope.unit.IeeeArithmetic.round16;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.unit.LookupTableSpec.Aggregation;

/**
 * T-MAC's NEON kernels: vectors and everything stored in binary16; a scalar expression is computed in
 * binary32 and rounded when it is stored.
 */
final class NeonLookupTableArithmetic implements LookupTableArithmetic {

  @Override
  public FloatFormat format() {
    return Formats.BINARY16;
  }

  @Override
  public float round(double x) {
    return round16(x);
  }

  @Override
  public float round(float x) {
    return round16(x);
  }

  @Override
  public long code(float x) {
    return IeeeArithmetic.code16(x);
  }

  @Override
  public float value(long code) {
    return IeeeArithmetic.value16(code);
  }

  @Override
  public float add(float a, float b) {
    return add16(a, b);
  }

  @Override
  public float subtract(float a, float b) {
    return IeeeArithmetic.subtract16(a, b);
  }

  @Override
  public float multiply(float a, float b) {
    return multiply16(a, b);
  }

  @Override
  public float fma(float a, float b, float c) {
    return fma16(a, b, c);
  }

  @Override
  public float magnitudeSum(float b0, float b1, float b2, float b3) {
    return add16(add16(add16(magnitude(b0), magnitude(b1)), magnitude(b2)), magnitude(b3));
  }

  @Override
  public float scale(float largestMagnitudeSum) {
    return round16(IeeeArithmetic.divide32(largestMagnitudeSum, 127));
  }

  @Override
  public float reciprocal(float scale) {
    return round16(IeeeArithmetic.divide64(1, scale));
  }

  /** FCVTNS saturates to int16 (NaN: 0) and SQXTN to int8. */
  @Override
  public byte quantize(float entry, float reciprocal) {
    int nearest = IeeeArithmetic.nearestIntegerArm(multiply16(entry, reciprocal));
    return (byte) Math.max(-128, Math.min(127, nearest));
  }

  /** The eight lanes one after the other and the bias last, in binary32, stored once. */
  @Override
  public float addToBias(float bias, float[] e) {
    float sum = e[0];
    for (int lane = 1; lane < e.length; lane++) {
      sum = add32(sum, e[lane]);
    }
    return round16(add32(bias, sum));
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
          sum = add16(sum, scaled(lookups[v++], scales[group], biases[group], plane == 0));
        }
        sums[i] = fma16(sum, weightScale, sums[i]);
      }
    }
  }

  private static float scaled(int lookups, float scale, float bias, boolean firstPlane) {
    float sum = IeeeArithmetic.round32(lookups);
    return firstPlane ? fma16(sum, scale, bias) : multiply16(sum, scale);
  }

  @Override
  public float fastBias(float bias, float scale, int lookups, int planes, Aggregation aggregation) {
    float excess = FastAggregation.excess(lookups, planes, aggregation);
    return round16(IeeeArithmetic.subtract32(bias, multiply32(scale, excess)));
  }
}
