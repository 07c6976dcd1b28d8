package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that definitions and papers work out. */
class WorkedExamplesTest {

  @ParameterizedTest
  @CsvSource({
    // OCP 8-bit Floating Point Specification 1.0.
    "e4m3fn, 0x7E, 7*2^6",
    "e4m3fn, 0x08, 1*2^-6",
    "e4m3fn, 0x07, 7*2^-9",
    "e4m3fn, 0x81, -1*2^-9",
    "e5m2, 0x7B, 7*2^13",
    "e5m2, 0x04, 1*2^-14",
    "e5m2, 0x03, 3*2^-16",
    "e5m2, 0x81, -1*2^-16",
    // OCP Microscaling Formats 1.0.
    "e3m2fn, 0x1F, 7*2^2",
    "e3m2fn, 0x04, 1*2^-2",
    "e3m2fn, 0x01, 1*2^-4",
    "e2m3fn, 0x1F, 15*2^-1",
    "e2m3fn, 0x08, 1*2^0",
    "e2m3fn, 0x01, 1*2^-3",
    "e2m1fn, 0x7, 3*2^1",
    "e2m1fn, 0x9, -1*2^-1",
    "q2.6, 0x7F, 127*2^-6",
    "q2.6, 0x80, -1*2^1",
    "e8m0, 0x00, 1*2^-127",
    "e8m0, 0x7F, 1*2^0",
    "e8m0, 0xFE, 1*2^127",
    // Noune et al., arXiv 2206.02915: biases 8 and 16, NaN in place of -0.
    "e4m3fnuz, 0x7F, 15*2^4",
    "e4m3fnuz, 0x01, 1*2^-10",
    "e4m3fnuz, 0x40, 1*2^0",
    "e5m2fnuz, 0x7F, 7*2^13",
    "e5m2fnuz, 0x01, 1*2^-17",
    // ml_dtypes, float8_e4m3b11fnuz: bias 11.
    "e4m3b11fnuz, 0x7F, 15*2^1",
    "e4m3b11fnuz, 0x58, 1*2^0",
    // IEEE 754-2019, and the same rules in other widths.
    "binary16, 0x7BFF, 2047*2^5",
    "binary16, 0x0001, 1*2^-24",
    "bfloat16, 0x7F7F, 255*2^120",
    "bfloat16, 0x4049, 201*2^-6",
    "tf32, 0x1FC00, 1*2^0",
    "tf32, 0x3FBFF, 2047*2^117",
    "fp24_e8m15, 0x3F8000, 1*2^0",
    "fp24_e8m15, 0x7F7FFF, 65535*2^112",
    "gen_e4m3_ieee, 0x77, 15*2^4",
    "e3m4, 0x6F, 31*2^-1",
    "dlfloat16_e6m9, 0x7DFF, 1023*2^22",
    // PTX: ue4m3 as e4m3 without its sign.
    "ue4m3, 0x7E, 7*2^6",
    "ue5m3, 0xFE, 7*2^14",
    // Gustafson and Yonemoto 2017, figure 5: es = 3, 0 0001 101 11011101.
    "posit16_3, 0x0DDD, 477*2^-27",
    // Standard for Posit Arithmetic 2022, section 3: minPos and maxPos are 2^(8-4n) and 2^(4n-8).
    "posit8_2, 0x01, 1*2^-24",
    "posit8_2, 0x7F, 1*2^24",
    "posit16_2, 0x7FFF, 1*2^56",
    "posit32_2, 0x00000001, 1*2^-120",
    // ... and 1 is 01000...
    "posit8_2, 0x40, 1*2^0",
    "posit8_0, 0xC0, -1*2^0",
    // Hunhold 2024, definitions 1 and 8. S=0 D=1 R=000: c = 0, five zeros of fraction follow.
    "takum8, 0x40, 1*2^0",
    "takum8, 0x44, 3*2^-1",
    // D=1 R=010 C=01: c = 3 + 1.
    "takum8, 0x52, 1*2^4",
    // D=0 R=111, r = 0: c = -1.
    "takum8, 0x38, 1*2^-1",
    // D=1 R=111 C=1111111 at 16 bits: c = 254, fraction 1111.
    "takum16, 0x7FFF, 31*2^250",
    // D=0 R=000 C=0000000 fraction 0001: c = -255.
    "takum16, 0x0001, 17*2^-259",
    // DLFloat: the largest is 2^33 - 2^24, the least 2^-31 + 2^-40.
    "dlfloat16, 0x7FFE, 511*2^24",
    "dlfloat16, 0x0001, 513*2^-40",
    "dlfloat16, 0x0000, 0*2^0",
    // P3109 interim report: Binary8p3se has 1 at 0x40.
    "p3109_k8p3se, 0x40, 1*2^0",
    // ... largest numbers and least of its value tables.
    "p3109_k8p1se, 0x7E, 1*2^62",
    "p3109_k8p3sf, 0x7F, 7*2^13",
    "p3109_k8p4se, 0x7E, 7*2^5",
    "p3109_k8p5se, 0x01, 1*2^-7",
    "p3109_k8p3ue, 0xFD, 5*2^29",
    "p3109_k6p4se, 0x1E, 7*2^-1",
    "p3109_k3p2sf, 0x3, 3*2^-1",
    "ue5m3, 0x78, 1*2^0",
    "pow2_4bit, 0x7, 1*2^4",
    "int4, 0x8, -1*2^3",
    "int1, 0x1, -1*2^0",
    "int16sym, 0x8001, -32767*2^0",
    "uint16, 0xFFFF, 65535*2^0",
    "ternary, 0x3, -1*2^0",
    "q8.8, 0x0180, 3*2^-1"
  })
  void aCodeHasItsValue(String format, String code, String value) {
    String[] parts = value.split("\\*2\\^");
    Value expected = Value.of(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
    assertThat(Formats.canonical(format).decode(Long.decode(code))).isEqualTo(expected);
  }

  private static double[] magnitudes(String format) {
    NumberFormat found = Formats.canonical(format);
    return LongStream.range(0, 1L << found.bits())
        .filter(found::isCode)
        .mapToDouble(found::decodeDouble)
        .map(Math::abs)
        .distinct()
        .sorted()
        .toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // ANT, table II and the grids of its code.
        "uflint4        | 0 1 2 3 4 5 6 7 8 10 12 14 16 24 32 64",
        "flint4         | 0 1 2 3 4 6 8 16",
        // OliVe, section 3.3: E2M1 with bias 2 spans 12..96, with bias 3 24..192.
        "abfloat4_e2_b2 | 12 16 24 32 48 64 96",
        "abfloat4_e2_b3 | 24 32 48 64 96 128 192",
        // BitMoD: FP3 and FP4 with the special values of extra resolution and extra asymmetry.
        "gen_e2m0_sv3   | 0 1 2 3 4",
        "gen_e2m0_sv-6  | 0 1 2 4 6",
        "gen_e2m1_sv5   | 0 0.5 1 1.5 2 3 4 5 6",
        "gen_e2m1_sv-8  | 0 0.5 1 1.5 2 3 4 6 8",
        // APoT, equation 5 with b = 5 and k = 2: {0, 1, 2^-2, 2^-4} + {0, 2^-1, 2^-3, 2^-5}.
        "apot3_k2       | 0 0.25 0.5 1",
        "apot5_k2       | 0 0.03125 0.0625 0.09375 0.125 0.1875 0.25 0.28125 0.375 0.5 0.5625 0.75"
            + " 1 1.03125 1.125 1.5",
        "planes2        | 1 3",
        "planes1        | 1",
        "binary         | 1",
        // llm-datatypes: APOT4 is {0, 2} + {0, 1, 4, 8} tenths.
        "apot4          | 0 0.1 0.2 0.3 0.4 0.6 0.8 1",
        // QLoRA, appendix E.
        "nf4            | 0 0.07958029955625534 0.09105003625154495 0.16093020141124725"
            + " 0.18477343022823334 0.24611230194568634 0.28444138169288635 0.33791524171829224"
            + " 0.39491748809814453 0.44070982933044434 0.5250730514526367 0.5626170039176941"
            + " 0.6961928009986877 0.7229568362236023 1",
        // Learning from Students, arXiv 2405.03103: quantiles of a t distribution, nu = 5.
        "sf4            | 0 0.065513 0.074982 0.132965 0.152899 0.204661 0.237434 0.283835 0.334331"
            + " 0.375805 0.454736 0.491076 0.627781 0.656781 1",
        // Yoshida, arXiv 2306.06965: for blocks of 64.
        "af4            | 0 0.04273164 0.04934812 0.12934483 0.14982478 0.21961274 0.25607552"
            + " 0.31675666 0.3736951 0.42563882 0.51243739 0.55496234 0.69441008 0.72424863 1",
        "e2m1_sp        | 0 0.5 1 1.5 2 3 4 5 6",
        "e2m1_sr        | 0 0.5 1 1.5 2 3 4 6 8",
        "pow2_4bit      | 0 0.25 0.5 1 2 4 8 16",
        "pot4           | 0 0.25 0.5 1 2 4 8 16",
        "gen_e3m0_fin   | 0 0.25 0.5 1 2 4 8 16",
      })
  void aFormatHasItsMagnitudes(String format, String values) {
    double[] expected = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertThat(magnitudes(format)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0x5, -2", "0x6, -1", "0x0, -7", "0xF, 8"})
  void planesOfSignsAreOddIntegers(String code, double half) {
    assertThat(Formats.canonical("planes4").decodeDouble(Long.decode(code)))
        .isEqualTo(2 * half - 1);
  }

  @ParameterizedTest
  @CsvSource({
    // Halfway from 2^-31 to the least number, and just below.
    "0x1.004p-31, TIES_TO_AWAY, 0x0001",
    "0x1.003fffp-31, TIES_TO_AWAY, 0x0000",
    "-0x1p-31, TIES_TO_AWAY, 0x8000",
    "0x1p-31, TOWARD_POSITIVE, 0x0001",
    "0x1p-200, TOWARD_POSITIVE, 0x0001",
    "0x1p-200, TOWARD_ZERO, 0x0000",
    "0x1.004p0, TIES_TO_AWAY, 0x3E01",
    "0x1.004p0, TIES_TO_EVEN, 0x3E00",
    "-0x1p40, TIES_TO_AWAY, 0xFFFF",
    "0x1.ffep32, TIES_TO_AWAY, 0x7FFF",
    "0x1.ff3p32, TIES_TO_EVEN, 0x7FFE"
  })
  void dlfloatHasRulesOfItsOwn(String x, RoundingMode mode, String code) {
    assertThat(Formats.DLFLOAT16.encode(DecimalValue.parse(x), mode, Overflow.NATIVE))
        .isEqualTo(Long.decode(code));
  }

  @Test
  void dlfloatMergesNanAndInfinity() {
    assertThat(Formats.DLFLOAT16.decode(0xFFFF).isNan()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1e-30, 0x01",
    "-1e-30, 0xFF",
    "1e30, 0x7F",
    "-1e30, 0x81",
    "0, 0x00",
    "Infinity, 0x80",
    "NaN, 0x80"
  })
  void aPositNeverRoundsToZeroOrNotReal(double x, String code) {
    assertThat(PositFormat.of(8, 1).encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE))
        .isEqualTo(Long.decode(code));
  }

  /** Between 2^20 and 2^24 posit8_2 has no exponent bit left: the tie is at 2^22, not near 2^23. */
  @ParameterizedTest
  @CsvSource({"0x1p22, 0x7E", "0x1.000001p22, 0x7F", "0x1.1p22, 0x7F", "0x1.ffp21, 0x7E"})
  void aPositRoundsItsBitString(String x, String code) {
    assertThat(
            PositFormat.of(8, 2)
                .encode(DecimalValue.parse(x), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE))
        .isEqualTo(Long.decode(code));
  }
}
