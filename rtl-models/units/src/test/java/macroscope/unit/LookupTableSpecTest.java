package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTableSpecTest {

  @ParameterizedTest
  @CsvSource({
    "0, 128, 32, 16, weight bits must be 1..4: 0",
    "5, 128, 32, 16, weight bits must be 1..4: 5",
    "4, 128, 32, 12, tables per call must be 8 or 16: 12",
    "4, 96, 64, 16, weight group must be a multiple of the 64 inputs of a call: 96",
    "4, 128, 48, 16, activation group must be 0 or a multiple of 32 that divides the 64 inputs of a call: 48",
    "4, 128, 64, 8, activation group must be 0 or a multiple of 32 that divides the 32 inputs of a call: 64",
    "4, 128, 0, 16, weight group must be 0 where one activation scale covers all of K: 128",
  })
  void illegalShapesAreRefusedWithTheRule(
      int bits, int weightGroup, int activationGroup, int tables, String rule) {
    assertThatThrownBy(
            () ->
                new LookupTableSpec(
                    "x",
                    bits,
                    weightGroup,
                    activationGroup,
                    tables,
                    NumberSystem.FP32_AVX2,
                    Aggregation.EXACT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(rule);
  }

  @Test
  void oneActivationScaleRefusesFastAggregation() {
    assertThatThrownBy(
            () ->
                new LookupTableSpec(
                    "x", 2, 0, 0, 16, NumberSystem.FP32_AVX2, Aggregation.FAST_CORRECTED))
        .hasMessage(
            "aggregation must be EXACT where one activation scale covers all of K: FAST_CORRECTED");
  }

  @Test
  void unsignedAveragesAreADefectOfTheAvx2Kernels() {
    assertThatThrownBy(
            () ->
                new LookupTableSpec(
                    "x", 2, 0, 32, 16, NumberSystem.FP16_NEON, Aggregation.FAST_UNSIGNED_AVERAGE))
        .hasMessage("aggregation FAST_UNSIGNED_AVERAGE needs number system FP32_AVX2: FP16_NEON");
  }

  @ParameterizedTest
  @CsvSource({"32, 8, 8", "32, 16, 8", "64, 16, 16", "0, 8, 8", "0, 16, 16"})
  void lookupsOfASumAreThoseOfAnActivationGroup(int group, int tables, int lookups) {
    assertThat(spec(group, tables).lookupsPerSum()).isEqualTo(lookups);
  }

  @ParameterizedTest
  @CsvSource({"1, 64", "64, 64", "65, 128", "784, 832"})
  void inputsArePaddedToWholeTiles(int inputs, int padded) {
    assertThat(spec(64, 16).paddedInputs(inputs)).isEqualTo(padded);
  }

  private static LookupTableSpec spec(int activationGroup, int tables) {
    return new LookupTableSpec(
        "x", 2, 0, activationGroup, tables, NumberSystem.FP32_AVX2, Aggregation.EXACT);
  }
}
