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

/**
 * The table of instructions, {@code instructions.csv} beside this class: one row an instruction, each
 * with its family of units, the parameters of that family, and their source ({@link
 * InstructionRow}). Fields hold no commas; parameters that a family does not have are empty.
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
          .map(line -> new InstructionRow(row(header, line.split(",", -1))).instruction())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
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
