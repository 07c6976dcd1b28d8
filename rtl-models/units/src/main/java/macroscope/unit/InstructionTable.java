package macroscope.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The table of instructions, {@code instructions.csv} beside this class: one row an instruction, each
 * with its family of units, the parameters of that family, and their source ({@link
 * InstructionRow}). Fields hold no commas; parameters that a family does not have are empty. Architecture
 * and operand types may be alternatives, {@code s8|u8}: the row stands for each of them, and {@code {a}}
 * and {@code {b}} in the instruction for the types.
 */
final class InstructionTable {

  private static final String RESOURCE = "instructions.csv";

  private InstructionTable() {}

  static List<Instruction> read() {
    try (InputStream bytes = InstructionTable.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(bytes, RESOURCE), StandardCharsets.UTF_8))) {
      String[] header = lines.readLine().split(",", -1);
      return lines
          .lines()
          .flatMap(line -> alternatives(row(header, line.split(",", -1))))
          .map(row -> new InstructionRow(row).instruction())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  /** The rows that a row with alternatives stands for. */
  static Stream<Map<String, String>> alternatives(Map<String, String> row) {
    Stream<Map<String, String>> rows = Stream.of(row);
    for (String column : List.of("arch", "a", "b")) {
      rows = rows.flatMap(one -> alternatives(one, column));
    }
    return rows;
  }

  private static Stream<Map<String, String>> alternatives(Map<String, String> row, String column) {
    return Stream.of(row.getOrDefault(column, "").split("\\|"))
        .map(
            value -> {
              Map<String, String> one = new HashMap<>(row);
              one.put(column, value);
              one.computeIfPresent(
                  "instruction", (key, name) -> name.replace("{" + column + "}", value));
              return one;
            });
  }

  static Map<String, String> row(String[] header, String[] fields) {
    if (fields.length != header.length) {
      throw new IllegalArgumentException(
          RESOURCE + ": a row must have " + header.length + " fields: " + String.join(",", fields));
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      row.put(header[i], fields[i]);
    }
    return row;
  }
}
