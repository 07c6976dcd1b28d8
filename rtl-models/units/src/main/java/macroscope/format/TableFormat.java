package macroscope.format;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A format that is a table of values by code. Codes need not ascend with their values; a code may be
 * unused, and of several codes with one value the least is encoded.
 *
 * <p>Directed roundings take the neighbour on their side. Roundings that need an ulp (to odd,
 * stochastic) are refused, and so are NaN and, under {@link Overflow#NATIVE}, what lies beyond the
 * ends.
 */
abstract sealed class TableFormat implements NumberFormat permits CodebookFormat, PowerFormat {

  /** How far a point that {@link Math#pow} finds may be off: its ulp, and 16 of its argument. */
  static final int DOUBT_ULPS = 32;

  private static final int MOST_BITS = 16;

  private final String name;
  private final double[] byCode;
  private final double[] values;
  private final int[] codes;

  /**
   * @param byCode the value of each code, NaN for a code that is not used
   */
  TableFormat(String name, double[] byCode) {
    this.name = name;
    this.byCode = byCode.clone();
    int[] ascending =
        IntStream.range(0, byCode.length)
            .filter(code -> !Double.isNaN(byCode[code]))
            .boxed()
            .sorted(Comparator.comparingDouble(code -> byCode[code] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    codes =
        IntStream.range(0, ascending.length)
            .filter(i -> i == 0 || byCode[ascending[i]] != byCode[ascending[i - 1]])
            .map(i -> ascending[i])
            .toArray();
    values = Arrays.stream(codes).mapToDouble(code -> byCode[code] + 0.0).toArray();
    requireTable();
  }

  private void requireTable() {
    if (values.length < 2 || byCode.length > 1 << MOST_BITS) {
      throw new IllegalArgumentException(
          name + ": distinct values must number 2..65536: " + values.length);
    }
    DoubleStream.of(values[0], values[values.length - 1])
        .filter(Double::isInfinite)
        .findFirst()
        .ifPresent(
            x -> {
              throw new IllegalArgumentException(name + ": values must be finite: " + x);
            });
  }

  /**
   * Where a number lies with respect to the point that divides what rounds to value {@code rank}
   * from what rounds to the next: negative below, 0 at it, positive above. Exact.
   */
  abstract int compareToDivide(int rank, Value x);

  /** The same point as a double, at most {@link #DOUBT_ULPS} off. */
  abstract double nearDivide(int rank);

  /** Whether a number at the point goes to the upper value. */
  abstract boolean tieGoesUp(int rank, RoundingMode mode);

  @Override
  public String name() {
    return name;
  }

  @Override
  public int bits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(byCode.length - 1);
  }

  @Override
  public boolean signed() {
    return values[0] < 0;
  }

  @Override
  public boolean isCode(long code) {
    return code >= 0 && code < byCode.length && !Double.isNaN(byCode[(int) code]);
  }

  @Override
  public Value decode(long code) {
    return Value.of(decodeDouble(code));
  }

  @Override
  public double decodeDouble(long code) {
    if (!isCode(code)) {
      throw new IllegalArgumentException(
          name
              + " has no code 0x"
              + Long.toHexString(code)
              + ", only "
              + values.length
              + " values");
    }
    return byCode[(int) code];
  }

  @Override
  public Value maxFinite() {
    return Value.of(values[values.length - 1]);
  }

  /** The distinct values, ascending. */
  public List<Double> values() {
    return Arrays.stream(values).boxed().toList();
  }

  /** The value of each code, NaN for a code that is not used, as a new array. */
  public double[] table() {
    return byCode.clone();
  }

  /** The value with this place among the ascending ones. */
  double valueOfRank(int rank) {
    return values[rank];
  }

  /** The code of the value with this place among the ascending ones. */
  long codeOfRank(int rank) {
    return codes[rank];
  }

  @Override
  public long encode(Value exact, Rounding rounding, Overflow overflow) {
    requireFits(exact, rounding, overflow);
    int below = 0;
    int above = values.length;
    while (above - below > 1) {
      int middle = (below + above) >>> 1;
      if (Value.of(values[middle]).compare(exact) <= 0) {
        below = middle;
      } else {
        above = middle;
      }
    }
    boolean between = below < values.length - 1 && exact.compare(Value.of(values[below])) > 0;
    boolean up =
        between
            && goesUp(
                below, compareToDivide(below, exact), exact.compare(Value.ZERO) < 0, rounding);
    return codes[up ? below + 1 : below];
  }

  @Override
  public long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    int last = values.length - 1;
    if (!(x >= values[0] && x < values[last])) {
      return encode(Value.of(x), rounding, overflow);
    }
    int found = Arrays.binarySearch(values, x + 0.0);
    if (found >= 0) {
      return codes[found];
    }
    int below = -found - 2;
    return codes[goesUp(below, side(below, x), x < 0, rounding) ? below + 1 : below];
  }

  private int side(int below, double x) {
    double near = nearDivide(below);
    double doubt = DOUBT_ULPS * Math.ulp(near);
    return Math.abs(x - near) > doubt
        ? Double.compare(x, near)
        : compareToDivide(below, Value.of(x));
  }

  private boolean goesUp(int below, int side, boolean negative, Rounding rounding) {
    if (!(rounding instanceof RoundingMode mode) || mode == RoundingMode.TO_ODD) {
      throw new IllegalArgumentException(name + " has no ulp for the rounding " + rounding);
    }
    return switch (mode) {
      case TOWARD_POSITIVE -> true;
      case TOWARD_NEGATIVE -> false;
      case TOWARD_ZERO -> negative;
      default -> side > 0 || (side == 0 && tieGoesUp(below, mode));
    };
  }

  @Override
  public Encoder encoder(Rounding rounding, Overflow overflow) {
    return rounding instanceof RoundingMode mode
            && (mode == RoundingMode.TIES_TO_EVEN || mode == RoundingMode.TIES_TO_AWAY)
        ? new NearestTableEncoder(this, mode, overflow)
        : NumberFormat.super.encoder(rounding, overflow);
  }

  /** For each value but the last, the largest double that rounds to it. */
  double[] thresholds(RoundingMode mode) {
    return IntStream.range(0, values.length - 1)
        .mapToDouble(rank -> threshold(rank, mode))
        .toArray();
  }

  private double threshold(int rank, RoundingMode mode) {
    double x = nearDivide(rank);
    while (goesUp(rank, compareToDivide(rank, Value.of(x)), x < 0, mode)) {
      x = Math.nextDown(x);
    }
    double next = Math.nextUp(x);
    while (!goesUp(rank, compareToDivide(rank, Value.of(next)), next < 0, mode)) {
      x = next;
      next = Math.nextUp(x);
    }
    return x;
  }

  private void requireFits(Value exact, Rounding rounding, Overflow overflow) {
    if (exact.isNan()) {
      throw new IllegalArgumentException(name + " has no code for NaN");
    }
    boolean beyond = exact.compare(maxFinite()) > 0 || exact.compare(Value.of(values[0])) < 0;
    boolean clamps = overflow != Overflow.NATIVE;
    if (beyond && !clamps && (exact.isInfinite() || !rounding.towardZero(exact.negative()))) {
      throw new IllegalArgumentException(
          name + " has no code beyond " + values[0] + ".." + values[values.length - 1]);
    }
  }

  /** Equal to a format of the same class and name with the same table. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TableFormat format
        && format.getClass() == getClass()
        && format.name.equals(name)
        && Arrays.equals(format.byCode, byCode);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + Arrays.toString(values);
  }
}
