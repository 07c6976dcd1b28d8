package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogarithmicFormatTest {

  private static final LogarithmicFormat LNS8_3 = new LogarithmicFormat(8, 3);

  private static long nearest(LogarithmicFormat format, double x) {
    return format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  @ParameterizedTest
  @CsvSource({
    "0x00, 1",
    "0x08, 2",
    "0x04, 1.4142135623730951",
    "0x80, -1",
    "0x78, 0.5",
    "0x40, 0",
    "0x3F, 234.75303506039583",
    "0x41, 0.004259795830723663"
  })
  void aCodeIsALogarithmInEighths(String code, double value) {
    assertThat(LNS8_3.decodeDouble(Long.decode(code))).isEqualTo(value);
  }

  @Test
  void theProductOfTwoNumbersIsTheSumOfTheirCodes() {
    long product = nearest(LNS8_3, LNS8_3.decodeDouble(5) * LNS8_3.decodeDouble(22));
    assertThat(product).isEqualTo(27);
  }

  /** Compares {@code x^(2^(f+1))} with {@code 2^divide}. */
  private static int compareWithDivide(double x, int fractionBits, int divide) {
    Value value = Value.of(x);
    int power = 2 << fractionBits;
    BigInteger raised = value.significand().pow(power);
    return Value.finite(false, raised, value.exponent() * power).compare(Value.of(1, divide));
  }

  @ParameterizedTest
  @CsvSource({"8, 3", "8, 6", "10, 4", "12, 6"})
  void geometricMeansDivideNeighbours(int bits, int fractionBits) {
    LogarithmicFormat format = new LogarithmicFormat(bits, fractionBits);
    int most = (1 << (bits - 2)) - 1;
    assertThat(IntStream.range(0, most))
        .allMatch(
            e -> {
              double below = format.decodeDouble(e);
              double mean = Math.sqrt(below) * Math.sqrt(format.decodeDouble(e + 1));
              return IntStream.rangeClosed(-3, 3)
                  .mapToDouble(ulps -> mean + ulps * Math.ulp(mean))
                  .allMatch(
                      x ->
                          nearest(format, x)
                              == (compareWithDivide(x, fractionBits, 2 * e + 1) > 0 ? e + 1 : e));
            });
  }

  /**
   * Codes with one fraction of the logarithm lie whole octaves apart, and so do their geometric means:
   * the doubles around a mean are found by exact powers once for each fraction.
   */
  @ParameterizedTest
  @CsvSource({"16, 10", "16, 8", "12, 5"})
  void geometricMeansDivideNeighboursAtEveryCode(int bits, int fractionBits) {
    LogarithmicFormat format = new LogarithmicFormat(bits, fractionBits);
    int most = (1 << (bits - 2)) - 1;
    int octaves = most >> fractionBits;
    for (int j = 0; j < 1 << fractionBits; j++) {
      int e = j;
      double below = Math.pow(2, (2 * e + 1) / (double) (2 << fractionBits));
      while (compareWithDivide(below, fractionBits, 2 * e + 1) > 0) {
        below = Math.nextDown(below);
      }
      while (compareWithDivide(Math.nextUp(below), fractionBits, 2 * e + 1) < 0) {
        below = Math.nextUp(below);
      }
      double low = below;
      assertThat(IntStream.range(-octaves, octaves))
          .allMatch(
              k -> {
                long lower = e + ((long) k << fractionBits) & (1L << (bits - 1)) - 1;
                long upper = e + 1 + ((long) k << fractionBits) & (1L << (bits - 1)) - 1;
                return nearest(format, Math.scalb(low, k)) == lower
                    && nearest(format, Math.scalb(Math.nextUp(low), k)) == upper;
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "7", "12"})
  void valuesAreNearestDoubles(int fractionBits) {
    LogarithmicFormat format = new LogarithmicFormat(fractionBits + 4, fractionBits);
    int step = Math.max(1, (1 << fractionBits) / 16);
    assertThat(IntStream.range(1, 16 * step).filter(j -> j % step == 0))
        .allMatch(
            j -> {
              Value x = format.decode(j);
              Value low = Value.midpoint(x, Value.of(Math.nextDown(format.decodeDouble(j))));
              Value high = Value.midpoint(x, Value.of(Math.nextUp(format.decodeDouble(j))));
              return comparePower(low, fractionBits, j) < 0
                  && comparePower(high, fractionBits, j) > 0;
            });
  }

  private static int comparePower(Value x, int fractionBits, int j) {
    int power = 1 << fractionBits;
    return Value.finite(false, x.significand().pow(power), x.exponent() * power)
        .compare(Value.of(1, j));
  }

  @ParameterizedTest
  @CsvSource({"0.0021, 0x40", "0.00213, 0x41", "-0.00213, 0xC1", "1e9, 0x3F", "-1e-9, 0x40"})
  void beyondTheEndsLieZeroAndTheLargest(double x, String code) {
    assertThat(nearest(LNS8_3, x)).isEqualTo(Long.decode(code));
  }

  @Test
  void aLogarithmMustStayWithinThatOfADouble() {
    assertThatThrownBy(() -> new LogarithmicFormat(16, 4))
        .hasMessage("a logarithm must have 1..10 bits before the point: 11");
  }
}
