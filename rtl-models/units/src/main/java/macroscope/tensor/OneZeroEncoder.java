package macroscope.tensor;

import macroscope.format.IntegerFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * The codes of ternary weights of which one of four is zero: signs, whatever the scale.
 *
 * @param element ternary
 */
record OneZeroEncoder(IntegerFormat element) implements GroupEncoder {

  private static final int GROUP = Coding.OneZeroOfFour.GROUP;

  @Override
  public void encode(double[] x, int start, int end, double scale, long[] codes) {
    long negative = element.encodeDouble(-1, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    for (int from = start; from < end; from += GROUP) {
      int zero = smallest(x, from);
      for (int i = from; i < from + GROUP; i++) {
        codes[i] = i == zero ? 0 : x[i] < 0 ? negative : 1;
      }
    }
  }

  /** A matrix with the zeros of every four at their places, and all else as it is. */
  static double[] zeroed(double[] x) {
    double[] kept = x.clone();
    for (int from = 0; from < x.length; from += GROUP) {
      kept[smallest(x, from)] = 0;
    }
    return kept;
  }

  private static int smallest(double[] x, int from) {
    int smallest = from;
    for (int i = from + 1; i < from + GROUP; i++) {
      smallest = Math.abs(x[i]) < Math.abs(x[smallest]) ? i : smallest;
    }
    return smallest;
  }
}
