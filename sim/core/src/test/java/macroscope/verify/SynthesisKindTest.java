package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import macroscope.config.TechnologyFile;
import macroscope.cost.TechnologyNode;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesisKindTest {

  private static final Vectors SYNTHESIS = Vectors.of("synthesis.csv");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"lut6", "nand2_eq", "area_nangate45_um2", "delay_ps", "delay_nangate45_ps"})
  void everyMeasurementIsPredicted(String metric) {
    assertThat(replay(SYNTHESIS).metrics().get(metric).rows()).isEqualTo(63);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lut6", "nand2_eq", "area_nangate45_um2"})
  void fittedAreasAreWithinTenPercentOnAverage(String metric) {
    assertThat(replay(SYNTHESIS).metrics().get(metric).meanRelativeError()).isBetween(0.001, 0.1);
  }

  @Test
  void flipFlopsAreCountedExactly() {
    assertThat(replay(SYNTHESIS).metrics().get("ff").greatestRelativeError()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lut6", "ff", "nand2_eq", "area_nangate45_um2"})
  void aTenfoldMeasurementIsALargeError(String metric) {
    Vectors changed = SYNTHESIS.with(9, metric, value -> value + "e1");
    assertThat(replay(changed).metrics().get(metric).greatestRelativeError()).isGreaterThan(0.85);
  }

  @Test
  void aBlankMeasurementIsLeftOut() {
    Vectors changed = SYNTHESIS.with(9, "area_nangate45_um2", value -> "");
    assertThat(replay(changed).metrics().get("area_nangate45_um2").rows()).isEqualTo(62);
  }

  @ParameterizedTest
  @CsvSource({"unit, xmac", "format_a, e99m3", "format_b, posit8_1"})
  void aRowOfSomethingUnknownIsUnsupported(String column, String name) {
    assertThat(replay(SYNTHESIS.with(9, column, old -> name)).unsupported()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "lut6, -3, must be above 0",
    "nand2_eq, many, must be a number",
    "k, 0, must be 1..1024",
    "accw, 1.5, must be an integer"
  })
  void aMalformedFieldIsToldWithLineColumnAndRule(String column, String field, String rule) {
    Vectors changed = SYNTHESIS.with(9, column, old -> field);
    assertThatThrownBy(() -> replay(changed))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 11, column " + column + ": " + rule);
  }

  private FileReport replay(Vectors vectors) {
    return vectors.replay(folder, shipped());
  }

  private static List<TechnologyNode> shipped() {
    return Stream.of("fpga-lut6", "osu018", "nangate45")
        .map(name -> Path.of("../../configs/technologies", name + ".yaml"))
        .map(TechnologyFile::read)
        .toList();
  }
}
