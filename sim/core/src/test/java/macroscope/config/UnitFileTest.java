package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.input.InputException;
import macroscope.unit.Alignment;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.FusedDotSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitFileTest {

  private static final String CORE =
      """
      description: a core
      a: e5m2
      length: 8
      kept_fraction_bits: 12
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.yaml"), text);
  }

  @Test
  void whatIsMissingHasItsDefault() throws IOException {
    assertThat(UnitNames.find(file(CORE).toString()))
        .isEqualTo(
            new FusedDotSpec(
                "mine",
                Formats.E5M2,
                Formats.E5M2,
                Formats.BINARY32,
                8,
                8,
                12,
                RoundingMode.TOWARD_ZERO,
                23));
  }

  @Test
  void everyParameterCanBeSet() throws IOException {
    String all =
        CORE
            + """
            b: e4m3fn
            group_length: 4
            truncation: toward_negative
            zeros_count: false
            least_exponent: -20
            output: binary16
            rounding: ties_to_even
            output_fraction_bits: 9
            scale: {format: e8m0, block_length: 4}
            """;
    FusedDotSpec dot =
        new FusedDotSpec(
            "mine",
            Formats.E5M2,
            Formats.E4M3FN,
            Formats.BINARY16,
            8,
            4,
            12,
            RoundingMode.TIES_TO_EVEN,
            9,
            Alignment.USUAL.withoutZeros().atLeast(-20).truncating(RoundingMode.TOWARD_NEGATIVE));
    assertThat(UnitNames.find(file(all).toString()))
        .isEqualTo(new BlockScaledDotSpec(dot, Formats.E8M0, 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: e5m2 | a: e4m3 | mine.yaml:2: a: format e4m3 is ambiguous",
        "a: e5m2 | a: int8 | mine.yaml:2: a: must be a float format: int8",
        "length: 8 | lenght: 8 | mine.yaml:3: lenght: unknown key",
        "length: 8 | length: 0 | length must be 1..1024: 0",
        "length: 8 | length: eight | mine.yaml:3: length: must be a whole number",
        "kept_fraction_bits: 12 | kept_fraction_bits: 57 | kept fraction bits must be 1..40: 57",
        "kept_fraction_bits: 12 | description: twice | description"
      })
  void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) throws IOException {
    Path file = file(CORE.replace(right, wrong));
    assertThatThrownBy(() -> UnitNames.find(file.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aRoundingThatNoCoreHasIsRefused() throws IOException {
    Path file = file(CORE + "rounding: to_odd\n");
    assertThatThrownBy(() -> UnitNames.find(file.toString()))
        .hasMessageContaining("final rounding must be TOWARD_ZERO or TIES_TO_EVEN: TO_ODD");
  }

  @Test
  void anUnknownNameIsToldWithItsNeighbours() {
    assertThatThrownBy(() -> UnitNames.find("nvidia.hopper.mma.m16n8k8.f32.bf16.bf16.f3"))
        .hasMessageContaining("nvidia.hopper.mma.m16n8k8.f32.bf16.bf16.f32");
  }

  @Test
  void aReadingOfAnInstructionHasAName() {
    assertThat(UnitNames.find("amd.cdna1.mfma.f32_4x4x4f16+exact_sum").name())
        .isEqualTo("amd.cdna1.mfma.f32_4x4x4f16+exact_sum");
  }
}
