package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import macroscope.input.InputException;
import macroscope.sweep.UnitCurves;
import macroscope.unit.UnitSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitCurvesFileTest {

  private static final String TOP =
      "name: x\ntitle: t\ntechnologies: nangate45\ncharts:\n"
          + "  - name: c\n    title: t\n    axis: a\n    symbol: k\n    values: [2, 4]\n"
          + "    array: {rows: 1, columns: 8}\n    curves:\n";

  @TempDir private Path folder;

  private UnitCurves read(String unit) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, TOP + "      - {name: one, unit: \"" + unit + "\"}\n");
    return UnitCurvesFile.read(file);
  }

  @Test
  void theSymbolStandsForEachValueAndItsMultiples() throws IOException {
    UnitCurves curves = read("unpu:table_inputs={k},length={3*k}");
    assertThat(curves.charts().get(0).curves().get(0).units())
        .extracting(UnitSpec::name)
        .containsExactly("unpu:table_inputs=2,length=6", "unpu:table_inputs=4,length=12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unpu:length={w} | must name {k}, not {w}",
        "unpu:length={k} | unpu:length=2: length must be a multiple of the 4 table inputs: 2",
        "nosuch | must be the name of a unit: nosuch"
      })
  void aUnitThatCannotBeMadeIsRefusedWhereItStands(String unit, String rule) {
    assertThatThrownBy(() -> read(unit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x.yaml:12")
        .hasMessageContaining(rule);
  }
}
