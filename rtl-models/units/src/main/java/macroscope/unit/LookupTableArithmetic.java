package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;

/**
 * The rounded steps of T-MAC's kernels in one number system, in the order of the kernels (lut_ctor.cc
 * and tbl.cc of microsoft/T-MAC at 7042f8f, as compiled by clang 14). Numbers are floats that the
 * number system can hold.
 */
interface LookupTableArithmetic {

  /** The arithmetic of a number system. */
  static LookupTableArithmetic of(NumberSystem system) {
    return switch (system) {
      case FP32_AVX2 -> new Avx2LookupTableArithmetic();
      case FP16_NEON -> new NeonLookupTableArithmetic();
    };
  }

  /** Format of the numbers, which is also that of the result. */
  FloatFormat format();

  /** A real number, rounded once. */
  float round(double x);

  /** A binary32 number, rounded once. */
  float round(float x);

  /** The code of a number in {@link #format()}. */
  long code(float x);

  /** The number of a code of {@link #format()}. */
  float value(long code);

  float add(float a, float b);

  float subtract(float a, float b);

  float multiply(float a, float b);

  /** a * b + c, rounded once. */
  float fma(float a, float b, float c);

  /** Sum of four magnitudes: what the scale of a table follows from. */
  float magnitudeSum(float b0, float b1, float b2, float b3);

  /** Scale that brings a largest magnitude sum to 127. */
  float scale(float largestMagnitudeSum);

  /** 1 / scale. */
  float reciprocal(float scale);

  /** An entry times the reciprocal of its scale, as an integer -128..127. */
  byte quantize(float entry, float reciprocal);

  /** {@code bias} plus the eight unquantized entries 0 of a chunk's tables. */
  float addToBias(float bias, float[] firstEntries);

  /**
   * The scale steps of a tile, for every row of weights and plane: {@code t = v * scale} ({@code fma(v,
   * scale, bias)} for plane 0), the t of all activation groups added from left to right, {@code sum =
   * fma(t, weight scale, sum)}. A loop in each implementation, since it is the inner one.
   *
   * @param lookups aggregated lookups v: by weight row, plane, activation group
   * @param scales one for each activation group of the tile
   * @param biases one for each activation group of the tile
   * @param planes bit planes
   * @param weightScales scales of the weights
   * @param firstScale where those of the tile start; one a row
   * @param sums partial sums by weight row and plane; modified
   */
  void scale(
      int[] lookups,
      float[] scales,
      float[] biases,
      int planes,
      float[] weightScales,
      int firstScale,
      float[] sums);

  /**
   * The bias of an activation group less what rounding up adds to an averaging tree.
   *
   * @param scale scale of the tree's result: lookups * scale of the tables
   * @param lookups leaves of the tree, a power of two
   * @param planes bit planes: all have the error, plane 0 takes the correction
   */
  float fastBias(float bias, float scale, int lookups, int planes, Aggregation aggregation);
}
