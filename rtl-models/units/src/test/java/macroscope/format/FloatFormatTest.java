package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatFormatTest {

  private static final RoundingMode NEAREST = RoundingMode.TIES_TO_EVEN;

  private static FloatFormat format(String name) {
    return (FloatFormat) Formats.canonical(name);
  }

  @ParameterizedTest
  @CsvSource({
    "e4m3fn, 448",
    "e5m2, 57344",
    "e4m3fnuz, 240",
    "e5m2fnuz, 57344",
    "e4m3b11fnuz, 30",
    "e3m4, 15.5",
    "e4m3, 240",
    "e2m3fn, 7.5",
    "e3m2fn, 28",
    "e2m1fn, 6",
    "binary16, 65504",
    "p3109_k8p3se, 49152",
    "p3109_k8p4se, 224",
    "p3109_k8p3sf, 57344",
    "p3109_k8p4ue, 53248",
    "p3109_k3p2sf, 1.5",
    "e8m0, 0x1p127",
    "binary32, 0x1.fffffep127",
    "binary64, 0x1.fffffffffffffp1023"
  })
  void theLargestNumberIsThatOfTheStandard(String name, String largest) {
    assertThat(format(name).maxFinite()).isEqualTo(Value.of(Double.parseDouble(largest)));
  }

  @ParameterizedTest
  @CsvSource({
    "e4m3fn, 8",
    "e5m2, 15",
    "e2m1fn, 2",
    "e8m0, 127",
    "gen_e0m3_fin, 0",
    "binary64, 1023"
  })
  void theLargestExponentIsThatOfTheLargestNumber(String name, int exponent) {
    assertThat(format(name).maxExponent()).isEqualTo(exponent);
  }

  @ParameterizedTest
  @CsvSource({"e4m3fn, -6", "binary32, -126", "e8m0, -127"})
  void theLeastExponentIsThatOfTheLeastNormalNumber(String name, int exponent) {
    assertThat(format(name).minExponent()).isEqualTo(exponent);
  }

  @ParameterizedTest
  @CsvSource({
    // e4m3fn: 464 is the tie between 448 and what would be 480.
    "e4m3fn, 464, NATIVE, 7e",
    "e4m3fn, 465, NATIVE, 7f",
    "e4m3fn, 465, SATURATE, 7e",
    "e4m3fn, Infinity, NATIVE, 7f",
    "e4m3fn, Infinity, SATURATE, 7e",
    "e4m3fn, NaN, SATURATE, 7f",
    "e5m2, Infinity, NATIVE, 7c",
    "e5m2, Infinity, SATURATE_FINITE, 7c",
    "e5m2, 1e9, SATURATE_FINITE, 7b",
    "e5m2, -1e9, NATIVE, fc",
    "e5m2, NaN, NATIVE, 7e",
    "e4m3fnuz, NaN, NATIVE, 80",
    "e4m3fnuz, -0.0, NATIVE, 0",
    "e4m3fnuz, -1e-9, NATIVE, 0",
    "e4m3fn, -1e-9, NATIVE, 80",
    "e2m1fn, Infinity, SATURATE_FINITE, 7",
    "e2m1fn, -2.5, NATIVE, c",
    // e8m0: ties to the even code, nothing below 2^-127.
    "e8m0, 1.5, NATIVE, 80",
    "e8m0, 3, NATIVE, 80",
    "e8m0, 0, NATIVE, 0",
    "e8m0, 1e-300, NATIVE, 0",
    "e8m0, -1, SATURATE, 0",
    "e8m0, -1, NATIVE, ff",
    "ue4m3, -1, SATURATE, 0",
    "ue4m3, -1, NATIVE, 7f",
    "ue4m3, -1e-9, NATIVE, 0",
    "p3109_k8p3se, NaN, NATIVE, 80",
    "p3109_k8p3se, -Infinity, NATIVE, ff",
    "p3109_k8p1se, 3, NATIVE, 42"
  })
  void nearestTakesTheValueToTheCode(String name, double value, Overflow overflow, String code) {
    assertThat(Long.toHexString(format(name).encode(Value.of(value), NEAREST, overflow)))
        .isEqualTo(code);
  }

  @Test
  void aNanKeepsItsPayload() {
    assertThat(Formats.BINARY16.decode(0xFC01))
        .isEqualTo(new Value(Value.Kind.NAN, true, BigInteger.ONE, 0));
  }

  @Test
  void aNumberFarBelowTheLeastRoundsUpWhenTold() {
    Value tiny = Value.of(1, Integer.MIN_VALUE);
    assertThat(Formats.E4M3FN.encode(tiny, RoundingMode.TOWARD_POSITIVE, Overflow.NATIVE))
        .isEqualTo(1);
  }

  @Test
  void aNumberFarAboveTheLargestStaysAtItTowardZero() {
    Value huge = Value.of(1, Integer.MAX_VALUE);
    assertThat(Formats.E4M3FN.encode(huge, RoundingMode.TOWARD_ZERO, Overflow.NATIVE))
        .isEqualTo(0x7E);
  }

  @Test
  void aSignificandAndExponentEncodeWithoutAValue() {
    assertThat(Formats.BINARY16.encode(true, 3L << 40, -41, NEAREST, Overflow.NATIVE))
        .isEqualTo(0xBE00);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gen_e12m3_fin   | gen_e12m3_fin: exponent bits must be 0..11: 12",
        "gen_e8m53_ieee  | gen_e8m53_ieee: fraction bits must be 0..52: 53",
        "gen_e0m0_fin    | gen_e0m0_fin: exponent and fraction bits together must be 1..63: 0",
        "gen_e0m3_ieee   | gen_e0m3_ieee: a format of IEEE specials or without subnormals needs exponent bits: 0",
        "gen_ue4m3_fnuz  | gen_ue4m3_fnuz: FNUZ specials need a sign bit: unsigned",
        "gen_e4m3_fin_b9999 | gen_e4m3_fin_b9999: bias must be -1008..1072: 9999",
        "p3109_k8p8se    | p3109_k8p8se: width must be 3..16 and precision 1..width-1",
        "uint63          | uint63: bits must be 1..62: 63",
        "int1sym         | int1sym: a symmetric range needs a sign and two bits: 1",
      })
  void parametersOutOfRangeAreRefusedByName(String name, String message) {
    assertThatThrownBy(() -> Formats.canonical(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static void assertRefused(LongSupplier encoding, String message) {
    assertThatThrownBy(encoding::getAsLong)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void nanIntoAFormatWithoutNanIsRefused() {
    assertRefused(
        () -> Formats.E2M1FN.encode(Value.NAN, NEAREST, Overflow.SATURATE),
        "e2m1fn has no code for NaN or overflow");
  }

  @Test
  void nativeOverflowOfAFormatWithoutNanIsRefused() {
    assertRefused(
        () -> Formats.E2M1FN.encode(Value.of(100.0), NEAREST, Overflow.NATIVE),
        "e2m1fn has no code for NaN or overflow");
  }

  @Test
  void aCodeThatIsTooWideIsRefused() {
    assertThatThrownBy(() -> Formats.E2M1FN.decode(16))
        .hasMessage("a code of e2m1fn has 4 bits: 0x10");
  }
}
