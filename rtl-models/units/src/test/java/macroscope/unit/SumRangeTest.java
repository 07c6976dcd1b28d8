package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SumRangeTest {

  private static NumberFormat format(String name) {
    return Formats.canonical(name);
  }

  private static EncodedMatrix weights(String format, int columns, long... codes) {
    return TwinCheck.matrix(format(format), codes.length / columns, columns, codes);
  }

  private static SumRange range(AccumulatorRule rule, NumberFormat a, EncodedMatrix weights) {
    return rule.range(a, WeightSums.of(weights));
  }

  /** Numbers that the format encodes, in units of its least bit, by decoding every code. */
  private static long[] numbers(NumberFormat format) {
    double unit = Math.scalb(1.0, SumRange.unit(format));
    return LongStream.range(0, 1L << format.bits())
        .filter(code -> format.isCode(code) && format.decode(code).isFinite())
        .map(code -> (long) (format.decodeDouble(code) / unit))
        .filter(n -> !(format instanceof IntegerFormat f) || n >= f.least())
        .distinct()
        .toArray();
  }

  /** Every sum of three products, by trying all: what an accumulator must hold, and no more. */
  @ParameterizedTest
  @CsvSource({
    "int2, int2",
    "int3, int3",
    "int3sym, int3sym",
    "uint2, int3",
    "uint3, int2sym",
    "uint2, uint2",
    "gen_e1m1_fin, gen_e1m1_fin",
    "gen_e2m0_fin, gen_e2m0_fin",
    "gen_e1m1_fin, gen_e2m0_fin"
  })
  void theRangeOfFormatsIsThatOfAllSums(String a, String b) {
    long[] products =
        Arrays.stream(numbers(format(a)))
            .flatMap(x -> Arrays.stream(numbers(format(b))).map(y -> x * y))
            .distinct()
            .toArray();
    long[] sums =
        Arrays.stream(products)
            .flatMap(p -> Arrays.stream(products).map(q -> p + q))
            .distinct()
            .flatMap(s -> Arrays.stream(products).map(r -> s + r))
            .toArray();
    long least = Math.min(0, Arrays.stream(sums).min().orElseThrow());
    long most = Math.max(0, Arrays.stream(sums).max().orElseThrow());
    assertThat(SumRange.ofFormats(format(a), format(b), 3))
        .isEqualTo(new SumRange(BigInteger.valueOf(least), BigInteger.valueOf(most)));
  }

  /** Every row of three weights with every three activations. */
  @ParameterizedTest
  @CsvSource({"int2, int3", "uint2, int3", "int3sym, int2", "gen_e2m0_fin, gen_e1m1_fin"})
  void theRangeOfWeightsIsThatOfTheirSums(String a, String b) {
    long[] activations = numbers(format(a));
    long codes = 1L << format(b).bits();
    for (long row = 0; row < codes * codes * codes; row++) {
      EncodedMatrix w = weights(b, 3, row % codes, row / codes % codes, row / codes / codes);
      long least = 0;
      long most = 0;
      for (int k = 0; k < 3; k++) {
        long number = SumRange.integer(format(b), format(b).decode(w.code(0, k))).longValueExact();
        least += Arrays.stream(activations).map(x -> x * number).min().orElseThrow();
        most += Arrays.stream(activations).map(x -> x * number).max().orElseThrow();
      }
      assertThat(range(AccumulatorRule.WEIGHTS, format(a), w))
          .isEqualTo(new SumRange(BigInteger.valueOf(least), BigInteger.valueOf(most)));
    }
  }

  /** P = ceil(alpha + log2(1 + 2^-alpha) + 1), alpha = log2(K) + N + M - 1 - signed (A2Q, FINN). */
  @ParameterizedTest
  @CsvSource({
    "int8, int8, 1024",
    "int8, int8, 1000",
    "int4, int4, 576",
    "uint4, int4, 576",
    "uint8, int8, 9",
    "uint8, int2, 4096",
    "int2, int2, 1"
  })
  void theBitsOfFormatsAreThoseOfTheBoundOnDataTypes(String a, String b, int terms) {
    int signed = format(a).signed() ? 1 : 0;
    double alpha = Math.log(terms) / Math.log(2) + format(a).bits() + format(b).bits() - 1 - signed;
    double bound = alpha + Math.log1p(Math.pow(2, -alpha)) / Math.log(2) + 1;
    assertThat(SumRange.ofFormats(format(a), format(b), terms).bits())
        .isIn((int) Math.ceil(bound), (int) Math.ceil(bound) - 1)
        .isEqualTo(minimalBits(a, b, terms));
  }

  /** By the largest magnitudes of two's complement and unsigned numbers, worked out apart. */
  private static int minimalBits(String a, String b, int terms) {
    long[] x = numbers(format(a));
    long[] y = numbers(format(b));
    long most = 0;
    long least = 0;
    for (long p : new long[] {x[0], Arrays.stream(x).max().orElseThrow(), least(x)}) {
      for (long q : new long[] {Arrays.stream(y).max().orElseThrow(), least(y)}) {
        most = Math.max(most, p * q * terms);
        least = Math.min(least, p * q * terms);
      }
    }
    int bits = 1;
    while (most > (1L << (bits - 1)) - 1 || least < -(1L << (bits - 1))) {
      bits++;
    }
    return bits;
  }

  private static long least(long[] numbers) {
    return Arrays.stream(numbers).min().orElseThrow();
  }

  @Test
  void theNormOfARowBoundsItsSumsWithEitherSign() {
    assertThat(range(AccumulatorRule.L1_NORM, format("uint4"), weights("int4", 3, 7, 0xF, 8)))
        .isEqualTo(new SumRange(BigInteger.valueOf(-240), BigInteger.valueOf(240)));
  }

  @Test
  void theWeightsOfARowBoundItsSumsByTheirSigns() {
    assertThat(range(AccumulatorRule.WEIGHTS, format("uint4"), weights("int4", 3, 7, 0xF, 8)))
        .isEqualTo(new SumRange(BigInteger.valueOf(-135), BigInteger.valueOf(105)));
  }

  @Test
  void aRowThatNeedsMoreDecidesForAll() {
    assertThat(range(AccumulatorRule.WEIGHTS, format("uint1"), weights("int4", 2, 1, 1, 8, 8)))
        .isEqualTo(new SumRange(BigInteger.valueOf(-16), BigInteger.TWO));
  }

  @Test
  void sumsEndWhereScalesChange() {
    ScaleLevel groups = new ScaleLevel(new Extent.Group(2), Optional.empty(), ScaleRule.ABSMAX);
    TensorFormat format = new TensorFormat("int4:group2", format("int4"), List.of(groups));
    EncodedMatrix w =
        new EncodedMatrix(format, 1, 4, new long[] {7, 7, 7, 7}, List.of(new double[] {1, 1}));
    assertThat(range(AccumulatorRule.WEIGHTS, format("uint1"), w).most())
        .isEqualTo(BigInteger.valueOf(14));
  }

  @ParameterizedTest
  @EnumSource(AccumulatorRule.class)
  void noRuleIsNarrowerThanTheWeightsAllow(AccumulatorRule rule) {
    EncodedMatrix w = random("e4m3fn", 40, 200);
    assertThat(range(rule, format("e2m1fn"), w).bits())
        .isGreaterThanOrEqualTo(range(AccumulatorRule.WEIGHTS, format("e2m1fn"), w).bits());
  }

  private static EncodedMatrix random(String format, int rows, int columns) {
    NumberFormat element = format(format);
    Random random = new Random(11);
    long[] codes =
        LongStream.generate(() -> random.nextLong() & ((1L << element.bits()) - 1))
            .filter(code -> element.isCode(code) && element.decode(code).isFinite())
            .limit((long) rows * columns)
            .toArray();
    return TwinCheck.matrix(element, rows, columns, codes);
  }

  /** The activations that are worst for each weight reach a bound exactly. */
  @ParameterizedTest
  @CsvSource({"e2m1fn, e2m1fn", "e4m3fn, e4m3fn", "e5m2, e3m2fn", "e2m3fn, gen_e4m1_fin"})
  void aKulischUnitAsWideAsTheWeightsAskNeverWrapsAndOneNarrowerDoes(String a, String b) {
    FloatFormat x = (FloatFormat) format(a);
    FloatFormat y = (FloatFormat) format(b);
    EncodedMatrix w = random(b, 1, 300);
    int bits = range(AccumulatorRule.WEIGHTS, x, w).bits();
    long[] worst = new long[300];
    long negative = 1L << (x.bits() - 1);
    for (int k = 0; k < worst.length; k++) {
      worst[k] = x.maxFiniteCode() | (y.decode(w.code(0, k)).negative() ? negative : 0);
    }
    EncodedMatrix activations = TwinCheck.matrix(x, 1, 300, worst);
    long exact = dot(x, y, 4 * bits, activations, w);
    assertThat(
            List.of(dot(x, y, bits, activations, w), dot(x, y, bits - 1, activations, w) == exact))
        .containsExactly(exact, false);
  }

  private static long dot(
      FloatFormat a, FloatFormat b, int bits, EncodedMatrix x, EncodedMatrix w) {
    FloatFormat output = (FloatFormat) format("binary64");
    return dot(KulischUnit.of(new KulischSpec("t", a, b, 4, 300, bits, output)), x, w);
  }

  private static <P> long dot(DotProductUnit<P> unit, EncodedMatrix x, EncodedMatrix w) {
    Accumulators sum = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    unit.gemm(unit.prepareA(x), unit.prepareB(w), 0, x.columns(), sum);
    return sum.codes()[0];
  }

  @Test
  void numbersThatAreNoFixedPointAreRefused() {
    assertThatThrownBy(() -> SumRange.ofFormats(format("nf4"), format("int4"), 1))
        .hasMessage("operands of an exact sum must be integers or floats: nf4");
  }
}
