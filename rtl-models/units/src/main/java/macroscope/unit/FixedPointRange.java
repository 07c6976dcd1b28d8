package macroscope.unit;

import macroscope.format.FloatFormat;

/**
 * The fixed-point grid on which all numbers of a float format lie: multiples of {@code 2^unit}, below
 * {@code 2^(unit + bits)} in magnitude.
 */
record FixedPointRange(int unit, int bits) {

  static FixedPointRange of(FloatFormat format) {
    int unit = format.minExponent() - format.fractionBits();
    return new FixedPointRange(unit, format.maxExponent() - unit + 1);
  }
}
