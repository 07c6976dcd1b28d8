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
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;

/**
 * The table of instructions, {@code instructions.csv} beside this class: one row an instruction, each
 * with its family of units, the parameters of that family, and their source. Fields hold no commas;
 * parameters that a family does not have are empty.
 *
 * <p>Families: {@code fused-dot} and {@code fma-chain}.
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
      return lines.lines().map(line -> instruction(row(header, line.split(",", -1)))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  private static Map<String, String> row(String[] header, String[] fields) {
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

  private static String text(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(text(row, column));
  }

  private static Instruction instruction(Map<String, String> row) {
    RegisterType a = RegisterType.of(text(row, "a"));
    RegisterType b = RegisterType.of(text(row, "b"));
    RegisterType c = RegisterType.of(text(row, "c"));
    RegisterType d = RegisterType.of(text(row, "d"));
    return new Instruction(
        text(row, "vendor"),
        text(row, "arch"),
        text(row, "instruction"),
        a,
        b,
        c,
        d,
        unit(row, (FloatFormat) a.format(), (FloatFormat) b.format(), (FloatFormat) d.format()),
        text(row, "source"));
  }

  private static UnitSpec unit(
      Map<String, String> row, FloatFormat a, FloatFormat b, FloatFormat d) {
    String name =
        Instruction.name(text(row, "vendor"), text(row, "arch"), text(row, "instruction"));
    String family = text(row, "family");
    return switch (family) {
      case "fused-dot" ->
          new FusedDotSpec(
              name,
              a,
              b,
              d,
              number(row, "k"),
              number(row, "group"),
              number(row, "kept_fraction_bits"),
              RoundingMode.valueOf(text(row, "final_rounding")),
              number(row, "output_fraction_bits"));
      case "fma-chain" -> new FmaChainSpec(name, d, number(row, "k"));
      default -> throw new IllegalArgumentException(RESOURCE + ": unknown family: " + family);
    };
  }
}
