package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.reference.ReferenceKulisch;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KulischUnitTest {

  private static KulischSpec spec(String a, String b, String output) {
    return new KulischSpec(
        "test",
        (FloatFormat) Formats.canonical(a),
        (FloatFormat) Formats.canonical(b),
        8,
        1 << 16,
        (FloatFormat) Formats.canonical(output));
  }

  /** Formats for each way of holding exact products, and outputs with and without specials. */
  static Stream<KulischSpec> units() {
    return Stream.of(
        spec("e2m1fn", "e2m1fn", "binary32"),
        spec("e2m1fn", "e3m2fn", "e2m3fn"),
        spec("e2m3fn", "e4m3fn", "binary16"),
        spec("e4m3fn", "e4m3fn", "binary32"),
        spec("e4m3fn", "e4m3fnuz", "e4m3fn"),
        spec("e5m2", "e5m2", "binary32"),
        spec("e5m2", "binary16", "binary16"),
        spec("binary16", "binary16", "bfloat16"),
        spec("bfloat16", "e4m3fn", "binary32"),
        spec("e4m3fn", "bfloat16", "binary32"),
        spec("bfloat16", "bfloat16", "binary32"),
        spec("tf32", "tf32", "binary32"),
        spec("binary32", "binary32", "binary64"),
        spec("binary32", "binary32", "p3109_k8p3se"),
        spec("e8m0", "e2m1fn", "binary32"));
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinOnRawBits(KulischSpec spec) {
    assertThat(check(spec).differences(Draw.RAW, 3, 40, 13, 13)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinOnFiniteOperands(KulischSpec spec) {
    assertThat(check(spec).differences(Draw.FINITE, 3, 17, 200, 200)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinWhereExponentsAreClose(KulischSpec spec) {
    assertThat(check(spec).differences(Draw.CLOSE, 3, 300, 40, 16)).isEmpty();
  }

  /** Sums of products that do not fit wrap, in registers below and above a long. */
  @ParameterizedTest
  @CsvSource({"e2m1fn, 10", "e4m3fn, 38", "e5m2, 68", "e5m2, 72", "binary16, 84", "bfloat16, 526"})
  void aNarrowerAccumulatorWraps(String format, int bits) {
    FloatFormat operand = (FloatFormat) Formats.canonical(format);
    FloatFormat binary64 = (FloatFormat) Formats.canonical("binary64");
    KulischSpec spec = new KulischSpec("test", operand, operand, 8, 1 << 16, bits, binary64);
    assertThat(check(spec).differences(Draw.RAW, 4, 40, 300, 150)).isEmpty();
  }

  private static TwinCheck check(KulischSpec spec) {
    return new TwinCheck(
        KulischUnit.of(spec), new ReferenceKulisch(spec), spec.a(), spec.b(), 20_240_602);
  }

  private static long sumOf(KulischSpec spec, int terms, long a, long b) {
    return gemm(KulischUnit.of(spec), spec, terms, a, b);
  }

  private static <P> long gemm(KulischUnit<P> unit, KulischSpec spec, int terms, long a, long b) {
    long[] x = new long[terms];
    long[] y = new long[terms];
    java.util.Arrays.fill(x, a);
    java.util.Arrays.fill(y, b);
    Accumulators sum = Accumulators.zeros(spec.output(), 1, 1);
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(spec.a(), 1, terms, x)),
        unit.prepareB(TwinCheck.matrix(spec.b(), 1, terms, y)),
        0,
        terms,
        sum);
    return sum.codes()[0];
  }

  /** The widest words: as many of the largest products as the accumulator is sized for. */
  @ParameterizedTest
  @EnumSource(WidestSum.class)
  void theLargestSumDoesNotOverflow(WidestSum sum) {
    KulischSpec spec = spec(sum.format, sum.format, "binary64");
    long most = spec.a().maxFiniteCode();
    double largest = spec.a().decodeDouble(most);
    long negative = most | 1L << (spec.a().bits() - 1);
    assertThat(Double.longBitsToDouble(sumOf(spec, spec.terms(), most, most)))
        .isEqualTo(largest * largest * spec.terms());
    assertThat(Double.longBitsToDouble(sumOf(spec, spec.terms(), most, negative)))
        .isEqualTo(-largest * largest * spec.terms());
  }

  private enum WidestSum {
    E2M1("e2m1fn"),
    E3M2("e3m2fn"),
    E4M3("e4m3fn"),
    E5M2("e5m2"),
    BINARY16("binary16"),
    BFLOAT16("bfloat16");

    private final String format;

    WidestSum(String format) {
      this.format = format;
    }
  }

  @Test
  void moreProductsThanTheAccumulatorIsSizedForAreRefused() {
    KulischSpec spec =
        new KulischSpec("test", Formats.E4M3FN, Formats.E4M3FN, 8, 16, Formats.BINARY32);
    assertThatThrownBy(() -> sumOf(spec, 17, 0, 0))
        .hasMessage("products of a sum must be 0..16: 17");
  }
}
