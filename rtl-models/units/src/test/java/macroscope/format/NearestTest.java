package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounding judged by comparing exact values, without the shifts that encoding uses. */
class NearestTest {

  private static final int CASES = 2000;

  static Stream<FloatFormat> formats() {
    return Stream.of(
        Formats.E4M3FN, Formats.E2M1FN, Formats.BINARY16, Formats.TF32, Formats.BINARY32);
  }

  /** A positive number below the largest, of up to 200 bits, often just beside a midpoint. */
  private static Value number(FloatFormat format, long code, SplittableRandom random) {
    Value low = format.decode(code);
    Value high = format.decode(code + 1);
    int exponent = Math.min(low.exponent(), high.exponent()) - 1;
    BigInteger middle =
        low.significand()
            .shiftLeft(low.isZero() ? 0 : low.exponent() - exponent)
            .add(high.significand().shiftLeft(high.exponent() - exponent))
            .shiftRight(1);
    int finer = random.nextInt(1, 150);
    BigInteger offset = BigInteger.valueOf(random.nextInt(-2, 3));
    return Value.finite(false, middle.shiftLeft(finer).add(offset), exponent - finer);
  }

  private static Value midpoint(Value low, Value high) {
    int exponent = Math.min(low.isZero() ? high.exponent() : low.exponent(), high.exponent());
    BigInteger sum =
        low.significand()
            .shiftLeft(low.isZero() ? 0 : low.exponent() - exponent)
            .add(high.significand().shiftLeft(high.exponent() - exponent));
    return Value.finite(false, sum, exponent - 1);
  }

  private static long expected(FloatFormat format, long code, Value x) {
    int side = x.compare(midpoint(format.decode(code), format.decode(code + 1)));
    return side < 0 || (side == 0 && code % 2 == 0) ? code : code + 1;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void tiesToEvenTakesTheNearerNeighbour(FloatFormat format) {
    SplittableRandom random = new SplittableRandom(7);
    assertThat(IntStream.range(0, CASES))
        .allMatch(
            i -> {
              long code = random.nextLong(format.maxFiniteCode());
              Value x = number(format, code, random);
              return format.encode(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE)
                  == expected(format, code, x);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 30})
  void stochasticRoundingGoesUpForAsManyRandomNumbersAsTheFractionSays(int randomBits) {
    // 1 + 2^-3 * (5/8 + 2^-100): five eighths of an ulp of e4m3fn, and a little.
    Value x =
        Value.finite(
            false,
            BigInteger.ONE
                .shiftLeft(100)
                .add(BigInteger.valueOf(5).shiftLeft(94))
                .add(BigInteger.ONE),
            -100);
    long up = (long) Math.rint(0.625 * (1L << randomBits));
    long threshold = (1L << randomBits) - up;
    StochasticRounding least =
        new StochasticRounding(StochasticRounding.Variant.STOCHASTIC, randomBits, threshold);
    assertThat(Formats.E4M3FN.encode(x, least, Overflow.NATIVE)).isEqualTo(0x39);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 30})
  void stochasticRoundingGoesDownForTheOthers(int randomBits) {
    Value x = Value.of(8 * 8 + 5, -6);
    long up = (long) Math.rint(0.625 * (1L << randomBits));
    long threshold = (1L << randomBits) - up;
    StochasticRounding most =
        new StochasticRounding(StochasticRounding.Variant.STOCHASTIC, randomBits, threshold - 1);
    assertThat(Formats.E4M3FN.encode(x, most, Overflow.NATIVE)).isEqualTo(0x38);
  }
}
