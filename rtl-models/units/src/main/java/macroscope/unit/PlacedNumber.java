package macroscope.unit;

/**
 * A number in fixed point on its way to a float, and where its lowest bit can lie.
 *
 * @param bits width, sign included
 * @param leastUnit least exponent of the lowest bit
 * @param largestUnit largest exponent of the lowest bit: the same for an accumulator in fixed point
 */
record PlacedNumber(int bits, int leastUnit, int largestUnit) {

  /** A number whose lowest bit is always worth 2^unit. */
  static PlacedNumber of(int bits, int unit) {
    return new PlacedNumber(bits, unit, unit);
  }

  /** Exponent of the highest bit of a magnitude, at most. */
  int largestExponent() {
    return largestUnit + bits - 1;
  }

  /** Exponent of the highest bit where the lowest one lies lowest. */
  int leastTop() {
    return leastUnit + bits - 1;
  }
}
