package macroscope.format;

/**
 * Ties to even into integers and fixed point: {@link Math#rint} of the double scaled by a power of
 * two. Scaling is exact where the result is not zero or out of range; what is out of range, NaN
 * included, goes to the format itself.
 */
final class NearestIntegerEncoder implements Encoder {

  private final IntegerFormat format;
  private final Overflow overflow;
  private final double unitsPerOne;
  private final double least;
  private final double most;
  private final long mask;

  NearestIntegerEncoder(IntegerFormat format, Overflow overflow) {
    this.format = format;
    this.overflow = overflow;
    unitsPerOne = Math.scalb(1.0, format.fractionBits());
    least = format.least();
    most = format.most();
    mask = (1L << format.bits()) - 1;
  }

  @Override
  public long encode(double x) {
    double units = Math.rint(x * unitsPerOne);
    return units >= least && units <= most
        ? (long) units & mask
        : format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, overflow);
  }

  @Override
  public void encodeQuotients(double[] x, int start, int end, double divisor, long[] codes) {
    for (int i = start; i < end; i++) {
      codes[i] = encode(x[i] / divisor);
    }
  }
}
