package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {

  private static Conversion with(boolean viaBinary32, boolean zeroInputs, boolean zeroResults) {
    return new Conversion(
        RoundingMode.TIES_TO_EVEN, Overflow.SATURATE, viaBinary32, zeroInputs, zeroResults);
  }

  /** 1 + 2^-4 + 2^-40 lies above the midpoint of 1 and 1.125; in binary32 it is the midpoint. */
  private static final double BESIDE_A_TIE = 1 + 0x1p-4 + 0x1p-40;

  @Test
  void oneRoundingGoesToTheNearest() {
    assertThat(with(false, false, false).encode(Formats.E4M3FN, Value.of(BESIDE_A_TIE)))
        .isEqualTo(0x39);
  }

  @Test
  void twoRoundingsGoToTheEvenOne() {
    assertThat(with(true, false, false).encode(Formats.E4M3FN, Value.of(BESIDE_A_TIE)))
        .isEqualTo(0x38);
  }

  @Test
  void viaBinary32WhatOverflowsThereIsInfinite() {
    Conversion conversion =
        new Conversion(RoundingMode.TIES_TO_EVEN, Overflow.NATIVE, true, false, false);
    assertThat(conversion.encode(Formats.BINARY64, Value.of(1e300)))
        .isEqualTo(Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
  }

  /** bfloat16 has the exponents of binary32: its subnormal codes are below 0x80. */
  @ParameterizedTest
  @CsvSource({"0x1p-126, 80", "0x1.fp-127, 0", "-0x1p-130, 8000", "-0x1p-126, 8080", "0, 0"})
  void subnormalInputsBecomeZeros(String x, String code) {
    assertThat(with(false, true, false).encode(Formats.BFLOAT16, Value.of(Double.parseDouble(x))))
        .isEqualTo(Long.parseLong(code, 16));
  }

  /** e4m3fn's least normal number is 2^-6; 2^-6 - 2^-11 rounds up to it. */
  @ParameterizedTest
  @CsvSource({"0x1p-6, 8", "0x1.f8p-7, 8", "0x1.8p-7, 0", "-0x1.8p-7, 80", "0x1p-9, 0", "1, 38"})
  void subnormalResultsBecomeZeros(String x, String code) {
    assertThat(with(false, false, true).encode(Formats.E4M3FN, Value.of(Double.parseDouble(x))))
        .isEqualTo(Long.parseLong(code, 16));
  }

  @ParameterizedTest
  @CsvSource({"true, false, false", "false, true, false", "false, false, true", "true, true, true"})
  void doublesHaveTheSameCodes(boolean viaBinary32, boolean zeroInputs, boolean zeroResults) {
    Conversion conversion = with(viaBinary32, zeroInputs, zeroResults);
    Encoder encoder = conversion.encoder(Formats.BFLOAT16);
    assertThat(DoubleStream.of(0, -0.0, 1e-40, -1e-39, 3e-38, BESIDE_A_TIE, 1e300, -2.5))
        .allMatch(x -> encoder.encode(x) == conversion.encode(Formats.BFLOAT16, Value.of(x)));
  }

  @Test
  void withoutOptionsItIsTheFormatsOwnEncoder() {
    assertThat(Conversion.of(RoundingMode.TIES_TO_EVEN, Overflow.SATURATE).encoder(Formats.E4M3FN))
        .isInstanceOf(NearestFloatEncoder.class);
  }
}
