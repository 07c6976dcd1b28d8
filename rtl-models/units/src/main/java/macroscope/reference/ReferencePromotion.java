package macroscope.reference;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/** Sums of a unit, each of so many products from zero, added up in binary32. */
public final class ReferencePromotion implements ReferenceUnit {

  private static final long NAN = 0x7FFFFFFFL;

  private final ReferenceUnit unit;
  private final FloatFormat sums;
  private final int interval;

  /**
   * @param unit the unit that is promoted
   * @param sums its accumulator format
   * @param interval products between two promotions
   */
  public ReferencePromotion(ReferenceUnit unit, FloatFormat sums, int interval) {
    this.unit = unit;
    this.sums = sums;
    this.interval = interval;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    long code = c;
    for (int from = 0; from < a.length; from += interval) {
      int to = Math.min(from + interval, a.length);
      long sum = unit.dot(Arrays.copyOfRange(a, from, to), Arrays.copyOfRange(b, from, to), 0);
      code = added(Formats.BINARY32.decode(code), sums.decode(sum));
    }
    return code;
  }

  private static long added(Value x, Value y) {
    boolean opposite =
        x.kind() == Value.Kind.INFINITE
            && y.kind() == Value.Kind.INFINITE
            && x.negative() != y.negative();
    if (x.isNan() || y.isNan() || opposite) {
      return NAN;
    }
    Value sum = ExactArithmetic.signedSum(x, y);
    return Formats.BINARY32.encode(sum, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
