package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rounding to nearest held against exact midpoints: between all neighbours of every format of up to 16
 * bits. So encoding is monotone too.
 */
class EveryMidpointTest {

  /** A value and the code that it encodes to. */
  private record Entry(long code, Value value) {}

  static Stream<NumberFormat> nearestInValue() {
    return EveryCodeTest.formatsUpTo16Bits()
        .filter(f -> !(f instanceof TaperedFormat || f instanceof LogarithmicFormat))
        .filter(f -> !(f instanceof PowerFormat));
  }

  static Stream<TaperedFormat> tapered() {
    return EveryCodeTest.formatsUpTo16Bits()
        .filter(f -> f instanceof TaperedFormat)
        .map(TaperedFormat.class::cast);
  }

  private static List<Entry> ascending(NumberFormat format) {
    return LongStream.range(0, 1L << format.bits())
        .filter(format::isCode)
        .filter(code -> format.decode(code).isFinite())
        .filter(code -> nearest(format, format.decode(code)) == code)
        .filter(code -> !format.decode(code).equals(Value.NEGATIVE_ZERO))
        .mapToObj(code -> new Entry(code, format.decode(code)))
        .sorted(Comparator.comparing(Entry::value, Value::compare))
        .toList();
  }

  private static long nearest(NumberFormat format, Value x) {
    return format.encode(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /** A number just beside another: 2^-60 of its last place away. */
  private static Value beside(Value x, int direction) {
    BigInteger fine = x.significand().shiftLeft(60);
    boolean up = direction > 0 != x.negative();
    return x.isZero()
        ? Value.of(direction, -1200)
        : Value.finite(
            x.negative(),
            up ? fine.add(BigInteger.ONE) : fine.subtract(BigInteger.ONE),
            x.exponent() - 60);
  }

  private static boolean divides(NumberFormat format, Entry low, Entry high, Value divide) {
    Value tie = rounded(format, divide);
    return rounded(format, beside(divide, -1)).compare(low.value()) == 0
        && rounded(format, beside(divide, 1)).compare(high.value()) == 0
        && (tie.compare(low.value()) == 0 || tie.compare(high.value()) == 0);
  }

  private static Value rounded(NumberFormat format, Value x) {
    return format.decode(nearest(format, x));
  }

  @ParameterizedTest
  @MethodSource("nearestInValue")
  void theMidpointDividesNeighbours(NumberFormat format) {
    List<Entry> entries = ascending(format);
    Predicate<Integer> divided =
        i -> {
          Entry low = entries.get(i);
          Entry high = entries.get(i + 1);
          Value middle =
              belowTheGrid(format, low, high)
                  ? firstPlaceOfTheGrid(format, high)
                  : Value.midpoint(low.value(), high.value());
          return divides(format, low, high, middle);
        };
    assertThat(IntStream.range(0, entries.size() - 1).boxed().filter(divided.negate())).isEmpty();
  }

  /** Next to a zero that takes the place of a power of two, neighbours are unevenly far. */
  private static boolean belowTheGrid(NumberFormat format, Entry low, Entry high) {
    return format instanceof FloatFormat f
        && f.zeroExponent() == ZeroExponent.NORMAL_AND_ZERO
        && (low.value().isZero() || high.value().isZero());
  }

  /** Halfway from the place that zero takes to the least number. */
  private static Value firstPlaceOfTheGrid(NumberFormat format, Entry high) {
    FloatFormat f = (FloatFormat) format;
    Value place = Value.of(high.value().isZero() ? -1 : 1, f.minExponent());
    Value least = f.decode(1);
    return Value.midpoint(place, high.value().isZero() ? least.negate() : least);
  }

  /** The bit string of a divide is that of the lower code and a one: a code of one bit more. */
  @ParameterizedTest
  @MethodSource("tapered")
  void theBitStringOfOneBitMoreDividesNeighbours(TaperedFormat format) {
    TaperedFormat wider =
        format instanceof PositFormat posit
            ? PositFormat.of(posit.bits() + 1, posit.exponentBits())
            : TakumFormat.of(format.bits() + 1);
    LongStream positive = LongStream.range(1, (1L << (format.bits() - 1)) - 1);
    assertThat(positive)
        .allMatch(
            code ->
                divides(
                    format,
                    new Entry(code, format.decode(code)),
                    new Entry(code + 1, format.decode(code + 1)),
                    wider.decode(2 * code + 1)));
  }

  @ParameterizedTest
  @MethodSource("tapered")
  void aTieTakesTheEvenCode(TaperedFormat format) {
    TaperedFormat wider =
        format instanceof PositFormat posit
            ? PositFormat.of(posit.bits() + 1, posit.exponentBits())
            : TakumFormat.of(format.bits() + 1);
    LongStream positive = LongStream.range(1, (1L << (format.bits() - 1)) - 1);
    assertThat(positive)
        .allMatch(code -> nearest(format, wider.decode(2 * code + 1)) == code + (code & 1));
  }
}
