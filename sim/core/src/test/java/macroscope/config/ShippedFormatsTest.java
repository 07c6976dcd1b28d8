package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.format.ZeroExponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code of the formats that {@code configs/formats} adds. */
class ShippedFormatsTest {

  static List<NumberFormat> formats() {
    Path folder = Path.of("..", "..", "configs", "formats");
    return FormatFile.catalogue(new ConfigFolder(folder, "format")).scalars().stream()
        .filter(format -> Formats.find(format.name()).isEmpty())
        .toList();
  }

  private static long nearest(NumberFormat format, Value x) {
    return format.encode(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /** Codes that encoding yields, by value. */
  private static long[] ascending(NumberFormat format) {
    return LongStream.range(0, 1L << format.bits())
        .filter(format::isCode)
        .filter(code -> format.decode(code).isFinite())
        .filter(code -> nearest(format, format.decode(code)) == code)
        .filter(code -> !format.decode(code).equals(Value.NEGATIVE_ZERO))
        .boxed()
        .sorted((a, b) -> format.decode(a).compare(format.decode(b)))
        .mapToLong(Long::longValue)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyNumberHasACodeThatComesBack(NumberFormat format) {
    Stream<Value> numbers =
        LongStream.range(0, 1L << format.bits())
            .filter(format::isCode)
            .mapToObj(format::decode)
            .filter(value -> value.isFinite() && value.compare(least(format)) >= 0);
    assertThat(numbers).allMatch(v -> format.decode(nearest(format, v)).compare(v) == 0);
  }

  /** A symmetric format has a code below. */
  private static Value least(NumberFormat format) {
    return format.decode(nearest(format, Value.NEGATIVE_INFINITY));
  }

  /** So encoding is monotone too. Next to a zero in place of a power of two, neighbours differ. */
  @ParameterizedTest
  @MethodSource("formats")
  void theMidpointDividesNeighbours(NumberFormat format) {
    long[] codes = ascending(format);
    IntPredicate divided =
        i -> {
          Value low = format.decode(codes[i]);
          Value high = format.decode(codes[i + 1]);
          Value middle = Value.midpoint(low, high);
          Value before = Value.midpoint(low, middle);
          Value after = Value.midpoint(middle, high);
          for (int step = 0; step < 60; step++) {
            before = Value.midpoint(before, middle);
            after = Value.midpoint(middle, after);
          }
          return format.decode(nearest(format, before)).compare(low) == 0
              && format.decode(nearest(format, after)).compare(high) == 0;
        };
    assertThat(IntStream.range(0, codes.length - 1))
        .filteredOn(i -> !hasUnevenZero(format, codes[i]) && !hasUnevenZero(format, codes[i + 1]))
        .allMatch(divided::test);
  }

  private static boolean hasUnevenZero(NumberFormat format, long code) {
    return format instanceof FloatFormat real
        && real.zeroExponent() == ZeroExponent.NORMAL_AND_ZERO
        && format.decode(code).isZero();
  }
}
