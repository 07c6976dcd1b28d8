package macroscope.format;

/** Nearest into a table: the number of midpoints below the double. */
final class NearestCodebookEncoder implements Encoder {

  private final CodebookFormat format;
  private final Overflow overflow;
  private final double[] midpoints;
  private final double least;
  private final double most;

  NearestCodebookEncoder(CodebookFormat format, Overflow overflow) {
    this.format = format;
    this.overflow = overflow;
    double[] values = format.table();
    midpoints = new double[values.length - 1];
    for (int i = 0; i < midpoints.length; i++) {
      midpoints[i] = (values[i] + values[i + 1]) / 2;
    }
    least = values[0];
    most = values[values.length - 1];
  }

  @Override
  public long encode(double x) {
    if (!(x >= least && x <= most)) {
      return format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, overflow);
    }
    int below = 0;
    int length = midpoints.length;
    while (length > 1) {
      int half = length >>> 1;
      below = midpoints[below + half - 1] < x ? below + half : below;
      length -= half;
    }
    return midpoints[below] < x ? below + 1L : below;
  }
}
