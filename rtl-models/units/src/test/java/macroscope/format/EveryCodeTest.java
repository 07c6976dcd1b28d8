package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.StochasticRounding.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every code of every format: of up to 8 bits on a grid of layouts, of 16 listed. */
class EveryCodeTest {

  /** Tables refuse roundings that need an ulp: two of these show it. */
  private static List<Rounding> roundings(NumberFormat format) {
    List<Rounding> all = new ArrayList<>(List.of(RoundingMode.values()));
    all.add(new StochasticRounding(Variant.STOCHASTIC, 2, 1));
    if (!(format instanceof TableFormat)) {
      all.add(new StochasticRounding(Variant.STOCHASTIC_ODD, 2, 1));
      all.add(new StochasticRounding(Variant.STOCHASTIC_FAST, 5, 19));
      all.add(new StochasticRounding(Variant.STOCHASTIC_FASTEST, 5, 19));
    }
    return all;
  }

  static Stream<NumberFormat> smallFormats() {
    Stream<String> generic =
        Stream.of("ieee", "fn", "fnuz", "fin")
            .flatMap(
                rule ->
                    Stream.of(
                            "e1m2", "e2m0", "e2m1", "e2m3", "e3m0", "e3m2", "e4m0", "e4m3", "e5m2")
                        .map(fields -> "gen_" + fields + "_" + rule));
    Stream<String> others =
        Stream.of(
            "gen_e4m3_fin_b11",
            "gen_e4m3_ieee_b-3",
            "gen_ue4m3_ieee",
            "gen_ue3m2_fin",
            "gen_e0m4_fin",
            "p3109_k8p1se",
            "p3109_k8p1ue",
            "p3109_k8p3sf",
            "p3109_k8p3ue",
            "p3109_k3p2sf",
            "p3109_k6p4uf",
            "int3",
            "int8sym",
            "q2.6sym",
            "uq1.5",
            "q8.0",
            "posit3_0",
            "posit3_4",
            "posit4_1",
            "posit5_3",
            "posit6_0",
            "posit7_4",
            "takum3",
            "takum5",
            "takum6",
            "lns3_0",
            "lns5_0",
            "lns6_4",
            "lns8_0",
            "lns8_6",
            "pot5_b2",
            "apot4_k1",
            "apot7_k2",
            "apot5_k4",
            "uflint4",
            "flint6",
            "abfloat8_e4_b-3",
            "gen_e2m1_sv-5",
            "gen_e2m3_sv2.0625",
            "planes1",
            "planes8",
            "nupes2_1_2",
            "nupes5_1_3",
            "nupes6_3_5",
            "nupes7_5_4",
            "nupes6_1_1");
    Stream<NumberFormat> listed = Formats.all().stream().filter(f -> f.bits() <= 8);
    return Stream.concat(listed, Stream.concat(generic, others).map(Formats::canonical));
  }

  /** All widths of integers to 16 bits, all of P3109 to 8 bits. */
  private static Stream<NumberFormat> wholeFamilies() {
    Stream<String> integers =
        IntStream.rangeClosed(1, 16)
            .boxed()
            .flatMap(n -> Stream.of("int" + n, "uint" + n, "int" + n + "sym"))
            .filter(name -> !name.equals("int1sym"));
    Stream<String> p3109 =
        IntStream.rangeClosed(3, 8)
            .boxed()
            .flatMap(k -> IntStream.rangeClosed(1, k).mapToObj(p -> "p3109_k" + k + "p" + p))
            .flatMap(kp -> Stream.of(kp + "se", kp + "sf", kp + "ue", kp + "uf"))
            .filter(name -> !name.matches("p3109_k(\\d)p\\1s."));
    return Stream.concat(integers, p3109).map(Formats::canonical);
  }

  static Stream<NumberFormat> formatsUpTo16Bits() {
    Stream<NumberFormat> listed =
        Formats.all().stream().filter(f -> f.bits() > 8 && f.bits() <= 16);
    Stream<String> others =
        Stream.of(
            "p3109_k16p5se",
            "p3109_k16p7uf",
            "posit9_3",
            "posit16_0",
            "posit16_4",
            "posit13_2",
            "takum11",
            "takum12",
            "lns12_5",
            "lns16_8",
            "lns16_12",
            "apot13_k3",
            "flint13",
            "abfloat12_e4_b0",
            "planes16",
            "nupes12_2_3",
            "nupes16_1_2",
            "nf8",
            "sf5_nu3");
    return Stream.of(smallFormats(), wholeFamilies(), listed, others.map(Formats::canonical))
        .flatMap(s -> s)
        .distinct();
  }

  private static LongStream codes(NumberFormat format) {
    return LongStream.range(0, 1L << format.bits()).filter(format::isCode);
  }

  /** Codes of numbers that encoding may yield. */
  private static LongStream finiteCodes(NumberFormat format) {
    LongPredicate unused =
        code ->
            (format instanceof IntegerFormat integer && integer.integer(code) < integer.least())
                || (format instanceof TableFormat table
                    && isNegativeZero(table.decodeDouble(code)));
    return codes(format).filter(unused.negate()).filter(c -> format.decode(c).isFinite());
  }

  private static boolean isNegativeZero(double x) {
    return x == 0 && Math.copySign(1, x) < 0;
  }

  @ParameterizedTest
  @MethodSource("formatsUpTo16Bits")
  void aDecodedNumberEncodesToItsOwnCode(NumberFormat format) {
    LongUnaryOperator there =
        c -> format.encode(format.decode(c), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    assertThat(finiteCodes(format)).allMatch(c -> there.applyAsLong(c) == c);
  }

  @ParameterizedTest
  @MethodSource("formatsUpTo16Bits")
  void theDoubleOfACodeIsItsValue(NumberFormat format) {
    assertThat(codes(format))
        .allMatch(
            c -> {
              Value value = format.decode(c);
              double x = format.decodeDouble(c);
              return value.isNan() ? Double.isNaN(x) : value.equals(Value.of(x));
            });
  }

  @ParameterizedTest
  @MethodSource("formatsUpTo16Bits")
  void noNumberExceedsTheLargest(NumberFormat format) {
    assertThat(finiteCodes(format))
        .allMatch(c -> format.decode(c).compare(format.maxFinite()) <= 0);
  }

  @ParameterizedTest
  @MethodSource("formatsUpTo16Bits")
  void positiveNumbersAscendWithTheirCodes(NumberFormat format) {
    // Codes of a table need not; of a logarithm those below one lie above the others.
    double[] positive =
        format instanceof TableFormat || format instanceof LogarithmicFormat
            ? finiteCodes(format)
                .mapToDouble(format::decodeDouble)
                .filter(x -> x > 0)
                .sorted()
                .toArray()
            : finiteCodes(format).mapToDouble(format::decodeDouble).filter(x -> x > 0).toArray();
    assertThat(IntStream.range(1, positive.length)).allMatch(i -> positive[i - 1] < positive[i]);
  }

  @ParameterizedTest
  @MethodSource("formatsUpTo16Bits")
  void distinctNumbersHaveDistinctCodes(NumberFormat format) {
    long numbers = finiteCodes(format).count();
    long values = finiteCodes(format).mapToObj(format::decode).distinct().count();
    assertThat(values).isEqualTo(numbers);
  }

  /** Values, midpoints, quarters, their neighbouring doubles, what lies beyond, both signs. */
  private static double[] probes(NumberFormat format) {
    TreeSet<Double> points = new TreeSet<>(List.of(0.0, -0.0, Double.MIN_VALUE, 1e300));
    double[] values =
        finiteCodes(format)
            .mapToDouble(format::decodeDouble)
            .map(Math::abs)
            .distinct()
            .sorted()
            .toArray();
    double last = values[values.length - 1];
    double step = values.length > 1 ? last - values[values.length - 2] : 1;
    IntStream.range(1, values.length).forEach(i -> addBetween(points, values[i - 1], values[i]));
    addBetween(points, last, last + step);
    addBetween(points, last + step, 2 * (last + step));
    points.add(Double.POSITIVE_INFINITY);
    return points.stream()
        .flatMap(x -> Stream.of(x, Math.nextUp(x), Math.nextDown(x)))
        .flatMapToDouble(x -> DoubleStream.of(x, -x))
        .toArray();
  }

  private static void addBetween(TreeSet<Double> points, double low, double high) {
    points.addAll(List.of(low, low + (high - low) / 4, low + (high - low) / 2, high));
  }

  private static long codeOrRefusal(LongSupplier encoding) {
    try {
      return encoding.getAsLong();
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static List<String> disagreements(NumberFormat format, double[] probes) {
    List<String> found = new ArrayList<>();
    double[] beyond = DoubleStream.of(probes).filter(x -> !isWithin(format, x)).toArray();
    for (Rounding rounding : roundings(format)) {
      for (Overflow overflow : Overflow.values()) {
        // What lies between the ends does not depend on the overflow policy.
        double[] asked = overflow == Overflow.NATIVE ? probes : beyond;
        found.addAll(disagreements(format, asked, rounding, overflow));
      }
    }
    return found;
  }

  private static boolean isWithin(NumberFormat format, double x) {
    Value value = Value.of(x);
    return !value.isNan()
        && value.compare(format.maxFinite()) <= 0
        && value.negate().compare(format.maxFinite()) <= 0
        && (x >= 0 || format.signed());
  }

  private static List<String> disagreements(
      NumberFormat format, double[] probes, Rounding rounding, Overflow overflow) {
    List<String> found = new ArrayList<>();
    Encoder encoder = format.encoder(rounding, overflow);
    for (double x : probes) {
      Value value = Value.of(x);
      long exact = codeOrRefusal(() -> format.encode(value, rounding, overflow));
      long direct = codeOrRefusal(() -> format.encodeDouble(x, rounding, overflow));
      long bulk = codeOrRefusal(() -> encoder.encode(x));
      if (direct != exact || bulk != exact) {
        found.add(x + " " + rounding + " " + overflow + ": " + exact + ", " + direct + ", " + bulk);
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("smallFormats")
  void theFastEncodersGiveTheExactOnesCode(NumberFormat format) {
    assertThat(disagreements(format, probes(format))).isEmpty();
  }

  static Stream<NumberFormat> wideFormats() {
    Stream<String> generic =
        Stream.of(
            "gen_e8m7_fin",
            "gen_e11m40_ieee",
            "gen_e11m51_fin_b1024",
            "gen_e5m26_fn_b1030",
            "gen_e8m9_fnuz",
            "p3109_k12p1se",
            "p3109_k15p5ue",
            "int32",
            "int48",
            "int63",
            "uint62",
            "uint32",
            "q8.24",
            "q1.31sym",
            "q1.52",
            "posit16_3",
            "posit17_2",
            "posit24_0",
            "posit32_4",
            "takum20",
            "takum31",
            "lns16_8",
            "lns20_10",
            "lns23_12",
            "apot15_k2",
            "planes16",
            "nupes16_1_2",
            "nupes12_16_15");
    return Stream.concat(
        Formats.all().stream().filter(f -> f.bits() > 8), generic.map(Formats::canonical));
  }

  @ParameterizedTest
  @MethodSource("wideFormats")
  void theFastEncodersOfWideFormatsGiveTheExactOnesCode(NumberFormat format) {
    SplittableRandom random = new SplittableRandom(1);
    double scale = format.decodeDouble(format.bits() < 64 ? 1L << (format.bits() / 2) : 1L << 62);
    double[] probes =
        IntStream.range(0, 800)
            .mapToDouble(
                i ->
                    switch (i % 5) {
                      case 0 -> Double.longBitsToDouble(random.nextLong());
                      case 1 -> Float.intBitsToFloat(random.nextInt());
                      case 2 -> Math.scalb(random.nextDouble(-2, 2), random.nextInt(-30, 30));
                      case 3 -> scale * random.nextDouble(-2, 2);
                      default -> tie(format, random.nextLong());
                    })
            .toArray();
    assertThat(disagreements(format, probes)).isEmpty();
  }

  /** The midpoint of some code's value and the next one's, where both are numbers. */
  private static double tie(NumberFormat format, long bits) {
    long code = format.bits() == 64 ? bits : bits & ((1L << format.bits()) - 2);
    double middle = format.decodeDouble(code) / 2 + format.decodeDouble(code | 1) / 2;
    return Double.isNaN(middle) ? 0 : middle;
  }
}
