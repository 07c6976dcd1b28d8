package macroscope.format;

/** Nearest into a table: the code of the value whose place is the number of thresholds below. */
final class NearestTableEncoder implements Encoder {

  private final TableFormat format;
  private final RoundingMode rounding;
  private final Overflow overflow;
  private final double[] thresholds;
  private final long[] codes;
  private final double least;
  private final double most;

  NearestTableEncoder(TableFormat format, RoundingMode rounding, Overflow overflow) {
    this.format = format;
    this.rounding = rounding;
    this.overflow = overflow;
    thresholds = format.thresholds(rounding);
    codes = new long[thresholds.length + 1];
    for (int rank = 0; rank < codes.length; rank++) {
      codes[rank] = format.codeOfRank(rank);
    }
    least = format.valueOfRank(0);
    most = format.valueOfRank(thresholds.length);
  }

  @Override
  public long encode(double x) {
    if (!(x >= least && x <= most)) {
      return format.encodeDouble(x, rounding, overflow);
    }
    int below = 0;
    int length = thresholds.length;
    while (length > 1) {
      int half = length >>> 1;
      below = thresholds[below + half - 1] < x ? below + half : below;
      length -= half;
    }
    return codes[thresholds[below] < x ? below + 1 : below];
  }
}
