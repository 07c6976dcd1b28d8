package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of instructions: every record is whole, and nothing in it is without effect. */
class InstructionTableTest {

  private static final List<Map<String, String>> ROWS = rows();

  private static List<Map<String, String>> rows() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    InstructionTable.class.getResourceAsStream("instructions.csv")),
                StandardCharsets.UTF_8))) {
      String[] header = lines.readLine().split(",", -1);
      return lines
          .lines()
          .map(line -> InstructionTable.row(header, line.split(",", -1)))
          .flatMap(InstructionTable::alternatives)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What every record has, whatever its family. */
  @ParameterizedTest
  @CsvSource({
    "vendor",
    "arch",
    "instruction",
    "a",
    "b",
    "c",
    "d",
    "k",
    "subnormals",
    "nan",
    "addend",
    "family",
    "source"
  })
  void everyRecordStates(String column) {
    assertThat(ROWS).noneMatch(row -> row.get(column).isBlank());
  }

  @Test
  void everyRecordThatAlignsStatesWhatItKeepsAndHowItCuts() {
    assertThat(ROWS)
        .filteredOn(row -> !row.get("truncation").isEmpty())
        .hasSizeGreaterThan(150)
        .noneMatch(row -> row.get("kept_fraction_bits").isEmpty());
  }

  @Test
  void noTwoRecordsHaveOneName() {
    assertThat(ROWS.stream().map(row -> new InstructionRow(row).instruction().name()))
        .doesNotHaveDuplicates();
  }

  /** One row of each family and, where there are some, of each variant and sparsity of it. */
  static Stream<Map<String, String>> families() {
    Map<String, Map<String, String>> first = new LinkedHashMap<>();
    ROWS.forEach(row -> first.putIfAbsent(key(row), row));
    return first.values().stream();
  }

  private static String key(Map<String, String> row) {
    return row.get("family") + " " + row.get("variant") + " " + row.get("sparsity");
  }

  /** A value that the column could have in another row. */
  private static String another(String column, String value) {
    Set<String> words = Set.of("vendor", "arch", "instruction", "source");
    return words.contains(column)
        ? "other"
        : ROWS.stream()
            .map(row -> row.get(column))
            .filter(other -> !other.equals(value) && !other.isEmpty())
            .findFirst()
            .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyStatedParameterCounts(Map<String, String> row) {
    Instruction instruction = new InstructionRow(row).instruction();
    List<String> idle = new ArrayList<>();
    row.forEach(
        (column, value) -> {
          Map<String, String> changed = new HashMap<>(row);
          changed.put(column, another(column, value));
          if (!value.isEmpty() && same(changed, instruction)) {
            idle.add(column);
          }
        });
    assertThat(idle).isEmpty();
  }

  private static boolean same(Map<String, String> changed, Instruction instruction) {
    try {
      return new InstructionRow(changed).instruction().equals(instruction);
    } catch (IllegalArgumentException | ClassCastException e) {
      return false;
    }
  }

  @Test
  void aRuleThatTheFamilyDoesNotHaveIsRefused() {
    Map<String, String> row = new HashMap<>(ROWS.get(0));
    row.put("addend", "LAST");
    assertThatThrownBy(() -> new InstructionRow(row).instruction())
        .hasMessageStartingWith("nvidia.volta.mma.m8n8k4.f32.f16.f16.f32: rules must be those of");
  }

  @Test
  void aShortRowIsRefused() {
    assertThatThrownBy(() -> InstructionTable.row(new String[] {"a", "b"}, new String[] {"1"}))
        .hasMessage("instructions.csv: a row must have 2 fields: 1");
  }
}
