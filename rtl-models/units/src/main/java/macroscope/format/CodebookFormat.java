package macroscope.format;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A format whose codes index a sorted table of values: what cannot be described by fields.
 *
 * <p>Both roundings to nearest take the lower value at a midpoint, as the quantizers of such tables
 * do; directed roundings take the neighbour on their side. Roundings that need an ulp (to odd,
 * stochastic) are refused, and so are NaN and, under {@link Overflow#NATIVE}, what lies beyond the
 * ends.
 *
 * @param name canonical name
 * @param values the values, ascending; code i stands for values[i]; at most 2^16. Midpoints of
 *     neighbours must be doubles
 */
public record CodebookFormat(String name, List<Double> values) implements NumberFormat {

  /**
   * NormalFloat, 4 bits: quantiles of the normal distribution with an exact zero, scaled to -1..1
   * (Dettmers et al., QLoRA, arXiv 2305.14314, appendix E; the binary32 values of bitsandbytes).
   */
  public static final CodebookFormat NF4 =
      new CodebookFormat(
          "nf4",
          List.of(
              -1.0,
              -0.6961928009986877,
              -0.5250730514526367,
              -0.39491748809814453,
              -0.28444138169288635,
              -0.18477343022823334,
              -0.09105003625154495,
              0.0,
              0.07958029955625534,
              0.16093020141124725,
              0.24611230194568634,
              0.33791524171829224,
              0.44070982933044434,
              0.5626170039176941,
              0.7229568362236023,
              1.0));

  public CodebookFormat {
    Objects.requireNonNull(name, "name");
    values = List.copyOf(values);
    if (values.size() < 2 || values.size() > 1 << 16) {
      throw new IllegalArgumentException(name + ": values must number 2..65536: " + values.size());
    }
    for (int i = 1; i < values.size(); i++) {
      double low = values.get(i - 1);
      double high = values.get(i);
      if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException(
            name + ": values must be finite and ascend: " + low + ", " + high);
      }
      double sum = low + high;
      if (sum - low != high || sum - high != low) {
        throw new IllegalArgumentException(
            name + ": the midpoint must be a double: " + low + ", " + high);
      }
    }
  }

  @Override
  public int bits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(values.size() - 1);
  }

  @Override
  public boolean signed() {
    return values.get(0) < 0;
  }

  @Override
  public Value decode(long code) {
    return Value.of(decodeDouble(code));
  }

  @Override
  public double decodeDouble(long code) {
    if (code < 0 || code >= values.size()) {
      throw new IllegalArgumentException(
          "a code of " + name + " is below " + values.size() + ": " + Long.toUnsignedString(code));
    }
    return values.get((int) code);
  }

  @Override
  public Value maxFinite() {
    return Value.of(values.get(values.size() - 1));
  }

  @Override
  public long encode(Value exact, Rounding rounding, Overflow overflow) {
    requireFits(exact, rounding, overflow);
    int last = values.size() - 1;
    int below = countBelow(last, i -> Value.of(values.get(i + 1)).compare(exact) <= 0);
    boolean midpointPassed =
        below < last
            && Value.of((values.get(below) + values.get(below + 1)) / 2).compare(exact) < 0;
    boolean between = exact.compare(Value.of(values.get(below))) > 0;
    return neighbour(below, between && below < last, midpointPassed, exact.negative(), rounding);
  }

  @Override
  public long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    int last = values.size() - 1;
    if (!(x >= values.get(0) && x <= values.get(last))) {
      return encode(Value.of(x), rounding, overflow);
    }
    int low = 0;
    int high = last;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (values.get(middle) <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double least = values.get(low);
    return x == values.get(high)
        ? high
        : neighbour(low, x > least, x > (least + values.get(high)) / 2, x < 0, rounding);
  }

  @Override
  public Encoder encoder(Rounding rounding, Overflow overflow) {
    return rounding == RoundingMode.TIES_TO_EVEN || rounding == RoundingMode.TIES_TO_AWAY
        ? new NearestCodebookEncoder(this, overflow)
        : NumberFormat.super.encoder(rounding, overflow);
  }

  private static int countBelow(int count, IntPredicate isBelow) {
    return (int) IntStream.range(0, count).takeWhile(isBelow).count();
  }

  /** Code {@code below} or the next. */
  private long neighbour(
      int below, boolean between, boolean midpointPassed, boolean negative, Rounding rounding) {
    if (!between) {
      return below;
    }
    if (!(rounding instanceof RoundingMode mode) || mode == RoundingMode.TO_ODD) {
      throw new IllegalArgumentException(name + " has no ulp for the rounding " + rounding);
    }
    boolean up =
        switch (mode) {
          case TOWARD_POSITIVE -> true;
          case TOWARD_NEGATIVE -> false;
          case TOWARD_ZERO -> negative;
          default -> midpointPassed;
        };
    return up ? below + 1L : below;
  }

  private void requireFits(Value exact, Rounding rounding, Overflow overflow) {
    if (exact.isNan()) {
      throw new IllegalArgumentException(name + " has no code for NaN");
    }
    boolean beyond = exact.compare(maxFinite()) > 0 || exact.compare(Value.of(values.get(0))) < 0;
    boolean clamps = overflow != Overflow.NATIVE;
    if (beyond && !clamps && (exact.isInfinite() || !rounding.towardZero(exact.negative()))) {
      throw new IllegalArgumentException(
          name + " has no code beyond " + values.get(0) + ".." + values.get(values.size() - 1));
    }
  }

  /** The values as a new array. */
  public double[] table() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public String toString() {
    return name + Arrays.toString(table());
  }
}
