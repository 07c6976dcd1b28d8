package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceFusedDot;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FusedDotUnitTest {

  private static FloatFormat format(String name) {
    return (FloatFormat) Formats.canonical(name);
  }

  private static FusedDotSpec spec(
      String a, String b, String accumulator, int length, int group, int kept, int output) {
    RoundingMode rounding =
        accumulator.equals("binary32") ? RoundingMode.TOWARD_ZERO : RoundingMode.TIES_TO_EVEN;
    return new FusedDotSpec(
        "test", format(a), format(b), format(accumulator), length, group, kept, rounding, output);
  }

  /** Cores that exist and cores that do not. */
  static Stream<FusedDotSpec> cores() {
    return Stream.of(
        spec("e4m3fn", "e4m3fn", "binary32", 32, 32, 13, 13),
        spec("e5m2", "e4m3fn", "binary32", 32, 16, 13, 13),
        spec("e5m2", "e5m2", "binary16", 16, 16, 25, 10),
        spec("binary16", "binary16", "binary32", 16, 16, 25, 23),
        spec("binary16", "binary16", "binary16", 8, 4, 24, 10),
        spec("bfloat16", "bfloat16", "binary32", 16, 8, 24, 23),
        spec("tf32", "tf32", "binary32", 8, 8, 25, 23),
        spec("binary32", "binary32", "binary32", 4, 4, 40, 23),
        spec("binary32", "bfloat16", "binary64", 4, 2, 40, 52),
        spec("e2m1fn", "e3m2fn", "bfloat16", 64, 64, 9, 7),
        spec("e2m1fn", "e2m1fn", "e2m3fn", 8, 8, 3, 2),
        spec("e4m3fnuz", "e5m2fnuz", "e4m3fn", 16, 4, 7, 3),
        spec("e8m0", "e4m3", "binary32", 4, 4, 31, 20),
        spec("p3109_k8p3se", "p3109_k8p4se", "p3109_k8p3se", 5, 5, 1, 2),
        spec("bfloat16", "bfloat16", "binary32", 8, 8, 24, 23)
            .with("no zeros", Alignment.USUAL.withoutZeros()),
        spec("binary16", "binary16", "binary16", 16, 8, 25, 10)
            .with("floor", Alignment.USUAL.atLeast(-21).withoutZeros()),
        spec("e4m3fn", "e5m2", "binary32", 32, 16, 13, 13)
            .with("negative", Alignment.USUAL.truncating(RoundingMode.TOWARD_NEGATIVE)));
  }

  @ParameterizedTest
  @MethodSource("cores")
  void equalsItsTwinOnRawBits(FusedDotSpec spec) {
    assertThat(check(spec).differences(Draw.RAW, 3, 70, 37, 37)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cores")
  void equalsItsTwinOnFiniteOperands(FusedDotSpec spec) {
    assertThat(check(spec).differences(Draw.FINITE, 5, 130, 2 * spec.length() + 1, 1024)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cores")
  void equalsItsTwinWhereExponentsAreClose(FusedDotSpec spec) {
    assertThat(check(spec).differences(Draw.CLOSE, 7, 65, 3 * spec.length(), spec.length()))
        .isEmpty();
  }

  /** One long row of products a pair, so that the addend is 0 and nothing is summed. */
  @ParameterizedTest
  @CsvSource({
    "e4m3fn, e4m3fn, binary32",
    "e4m3fn, e5m2, binary16",
    "e5m2, e5m2, binary16",
    "e4m3fnuz, e5m2fnuz, bfloat16",
    "e4m3, e3m4, binary16"
  })
  void everyProductOfTwoEightBitCodesEqualsThatOfTheTwin(String a, String b, String output) {
    FusedDotSpec spec = spec(a, b, output, 1, 1, 13, 7);
    long[] all = new long[256];
    for (int code = 0; code < all.length; code++) {
      all[code] = code;
    }
    assertThat(check(spec).differences(256, 256, 1, 1, all, all, new long[1 << 16])).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = RoundingMode.class,
      names = {"TOWARD_ZERO", "TIES_TO_EVEN"})
  void everyNumberOfKeptBitsEqualsTheTwin(RoundingMode rounding) {
    for (int kept = 1; kept <= 40; kept++) {
      FusedDotSpec spec =
          new FusedDotSpec(
              "test",
              Formats.BINARY16,
              Formats.E5M2,
              Formats.BINARY32,
              4,
              2,
              kept,
              rounding,
              1 + kept % 23);
      assertThat(check(spec).differences(Draw.CLOSE, 4, 17, 12, 12)).as("kept " + kept).isEmpty();
    }
  }

  private static TwinCheck check(FusedDotSpec spec) {
    return new TwinCheck(
        new FusedDotUnit(spec), new ReferenceFusedDot(spec), spec.a(), spec.b(), 20_240_601);
  }

  private static long dot(FusedDotSpec spec, long[] a, long[] b, long c) {
    FusedDotUnit unit = new FusedDotUnit(spec);
    Accumulators sum = new Accumulators(spec.accumulator(), 1, 1, new long[] {c});
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(spec.a(), 1, a.length, a)),
        unit.prepareB(TwinCheck.matrix(spec.b(), 1, b.length, b)),
        0,
        a.length,
        sum);
    return sum.codes()[0];
  }

  /** 2^14 * 1 + 2^0 - 2^14 with F = 13: the one is cut off (DeepSeek-V3, arXiv 2412.19437, 3.5.2). */
  @Test
  void aTermBelowTheKeptBitsIsLost() {
    FusedDotSpec spec = spec("e5m2", "e5m2", "binary32", 4, 4, 13, 13);
    long big = 0b0_11101_00; // 2^14
    long one = 0b0_01111_00;
    assertThat(dot(spec, new long[] {big, one, big | 0x80}, new long[] {one, one, one}, 0))
        .isZero();
  }

  @Test
  void aZeroTimesALargeNumberStillAlignsTheOthers() {
    FusedDotSpec spec = spec("bfloat16", "bfloat16", "binary32", 2, 2, 23, 23);
    long huge = 0x7F00; // 2^127: with a zero's -126 the term has exponent 1
    long one = 0x3F80;
    long tiny = 0x3400; // 2^-23
    assertThat(dot(spec, new long[] {tiny, 0}, new long[] {one, huge}, 0)).isZero();
    assertThat(dot(spec, new long[] {tiny, 0}, new long[] {one, one}, 0)).isNotZero();
  }

  @Test
  void anOverflowIsInfiniteAlthoughRoundingIsTowardZero() {
    FusedDotSpec spec = spec("bfloat16", "bfloat16", "binary32", 2, 2, 25, 23);
    assertThat(dot(spec, new long[] {0x7F00}, new long[] {0x4000}, 0)).isEqualTo(0x7F80_0000L);
  }

  @Test
  void aNanIsAllOnesAndPositive() {
    FusedDotSpec spec = spec("binary16", "binary16", "binary16", 2, 2, 25, 10);
    assertThat(dot(spec, new long[] {0xFE01}, new long[] {0x3C00}, 0)).isEqualTo(0x7FFF);
  }

  @Test
  void anOperandOfAnotherFormatIsRefused() {
    FusedDotUnit unit = new FusedDotUnit(spec("e4m3fn", "e4m3fn", "binary32", 4, 4, 13, 13));
    assertThatThrownBy(() -> unit.prepareA(TwinCheck.matrix(Formats.E5M2, 1, 1, new long[1])))
        .hasMessage("operand format must be e4m3fn: e5m2");
  }

  @Test
  void aFormatOfTheSameBitsUnderAnotherNameIsTaken() {
    FusedDotUnit unit = new FusedDotUnit(spec("e5m2", "e5m2", "binary32", 4, 4, 13, 13));
    FloatFormat alias = format("gen_e5m2_ieee");
    assertThat(unit.prepareA(TwinCheck.matrix(alias, 1, 1, new long[] {0x3C})).significands())
        .containsExactly(4);
  }

  @Test
  void aCodeWithTooManyBitsIsRefused() {
    FusedDotUnit unit = new FusedDotUnit(spec("e5m2", "e5m2", "binary32", 4, 4, 13, 13));
    assertThatThrownBy(() -> unit.prepareA(TwinCheck.matrix(Formats.E5M2, 1, 1, new long[] {256})))
        .hasMessage("a code of e5m2 has 8 bits: 0x100");
  }

  @Test
  void binary64OperandsAreRefused() {
    FusedDotSpec spec = spec("binary64", "binary64", "binary32", 4, 4, 25, 23);
    assertThatThrownBy(() -> new FusedDotUnit(spec))
        .hasMessage("fraction bits of operand a (binary64) must be 0..30: 52");
  }

  @Test
  void anAccumulatorWithoutNanIsRefusedForOperandsThatHaveIt() {
    FusedDotSpec spec = spec("e5m2", "e5m2", "e3m2fn", 4, 4, 25, 2);
    assertThatThrownBy(() -> new FusedDotUnit(spec))
        .hasMessage("accumulator format must have NaN, as operand format e5m2 has: e3m2fn");
  }

  @Test
  void accumulatorsOfTheWrongShapeAreRefused() {
    FusedDotSpec spec = spec("e5m2", "e5m2", "binary32", 4, 4, 25, 23);
    FusedDotUnit unit = new FusedDotUnit(spec);
    SignificandPlanes a = unit.prepareA(TwinCheck.matrix(Formats.E5M2, 2, 3, new long[6]));
    SignificandPlanes b = unit.prepareB(TwinCheck.matrix(Formats.E5M2, 2, 3, new long[6]));
    Accumulators c = Accumulators.zeros(Formats.BINARY32, 2, 3);
    assertThatThrownBy(() -> unit.gemm(a, b, 0, 3, c)).hasMessage("columns must be 2: 3");
  }

  @Test
  void everyListedFormatDecodesAsItsValue() {
    for (FloatFormat format : floats()) {
      FloatFields fields = new FloatFields(format);
      for (long code = 0; code < 1L << format.bits(); code++) {
        var value = format.decode(code);
        assertThat(fields.kind(code)).isEqualTo(value.kind());
        if (value.isFinite()) {
          var decoded =
              macroscope.format.Value.of(
                  fields.significand(code), fields.exponent(code) - format.fractionBits());
          assertThat(decoded.isZero() ? value.isZero() : decoded.equals(value))
              .as(format.name() + " " + code)
              .isTrue();
        }
      }
    }
  }

  private static List<FloatFormat> floats() {
    return Formats.all().stream()
        .filter(f -> f instanceof FloatFormat && f.bits() <= 16)
        .map(FloatFormat.class::cast)
        .toList();
  }
}
