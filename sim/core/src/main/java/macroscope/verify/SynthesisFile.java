package macroscope.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;
import macroscope.cost.SynthesizedUnit;
import macroscope.input.InputException;
import macroscope.rtl.Twins;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Reads files of synthesis results. A row describes its unit in columns (format_a, format_b, acc, k, F,
 * accw), or the column {@code unit} names one of Macroscope's units, as {@code rtl synthesize} writes
 * them.
 */
public final class SynthesisFile {

  /** The header of such a file; it may have any other columns too. */
  static final Columns COLUMNS = Columns.of("unit", "lut6", "ff", "nand2_eq").andAnyOther();

  /** What a row has that describes a unit in columns. */
  private static final List<String> DESCRIPTION = List.of("format_a", "format_b", "acc", "k");

  private static final int MOST_PRODUCTS = 1024;
  private static final int MOST_ACCUMULATOR_BITS = 4096;
  private static final int MOST_FRACTION_BITS = 40;
  private static final Map<String, SynthesizedUnit.Family> FAMILIES = families();

  /** Operands of a unit that is named by its parameters. */
  private static final Pattern OPERANDS =
      Pattern.compile("[:,](a|b|activations|weights|operand)=([^,+]+)");

  private SynthesisFile() {}

  /**
   * All rows of a file.
   *
   * @throws InputException if the file is none of synthesis results, a field is wrong or a unit or its
   *     formats have no model
   */
  public static List<SynthesisRow> read(Path path) {
    try (VectorFile file = VectorFile.open(path)) {
      if (!COLUMNS.match(file.header())) {
        throw new InputException(
            file.name() + ", line 1",
            "must be the header of synthesis results, with columns "
                + String.join(",", COLUMNS.required())
                + ": "
                + String.join(",", file.header()));
      }
      List<SynthesisRow> rows = new ArrayList<>();
      while (file.hasNext()) {
        VectorRow row = file.next(false);
        rows.add(row(row).orElseThrow(() -> withoutModel(row)));
      }
      return rows;
    }
  }

  private static InputException withoutModel(VectorRow row) {
    return row.wrong(
        "unit", "must be, with its formats, a unit that has a model: " + row.text("unit"));
  }

  /** The row; empty if its unit or formats have no model. */
  static Optional<SynthesisRow> row(VectorRow row) {
    return described(row) ? ofColumns(row) : ofName(row);
  }

  private static boolean described(VectorRow row) {
    return DESCRIPTION.stream().allMatch(row::has);
  }

  private static Optional<SynthesisRow> ofColumns(VectorRow row) {
    if (!FAMILIES.containsKey(row.text("unit"))) {
      return Optional.empty();
    }
    SynthesizedUnit unit = unit(row);
    return unit.supported()
        ? Optional.of(
            new SynthesisRow(
                row.file(),
                row.text("unit"),
                unit.a() + "/" + unit.b(),
                unit.length(),
                unit.inventory(),
                measured(row)))
        : Optional.empty();
  }

  private static SynthesizedUnit unit(VectorRow row) {
    SynthesizedUnit.Family family = row.choice("unit", FAMILIES);
    boolean fused = family == SynthesizedUnit.Family.TDOT;
    boolean product =
        family == SynthesizedUnit.Family.IMUL || family == SynthesizedUnit.Family.FMUL;
    return new SynthesizedUnit(
        family,
        row.text("format_a"),
        row.text("format_b"),
        row.integer("k", 1, MOST_PRODUCTS),
        product ? 0 : row.integer("accw", 1, MOST_ACCUMULATOR_BITS),
        fused ? row.integer("F", 1, MOST_FRACTION_BITS) : 0);
  }

  /** A unit by its name, or a module of many as {@code rtl} names it: {@code integer_mac in 2 x 2 ...}. */
  private static Optional<SynthesisRow> ofName(VectorRow row) {
    String name = row.text("unit");
    try {
      return Units.named(name.replaceFirst(" in .*", "")).map(spec -> named(name, spec, row));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static SynthesisRow named(String name, UnitSpec spec, VectorRow row) {
    var unit = Units.create(spec);
    Matcher operands = OPERANDS.matcher(name);
    List<String> formats = new ArrayList<>();
    while (operands.find()) {
      formats.add(operands.group(2));
    }
    return new SynthesisRow(
        row.file(),
        name.replaceFirst("[: ].*", ""),
        formats.isEmpty() ? name : pair(formats),
        unit.length(),
        name.contains(" in ")
            ? Twins.named(name, other -> Units.named(other).orElseThrow()).inventory()
            : unit.inventory().alone(),
        measured(row));
  }

  /** Both formats, as rows in columns have them: without what tells apart codes that are no numbers. */
  private static String pair(List<String> formats) {
    String a = formats.get(0).replaceFirst("fn$", "");
    return formats.size() > 1 ? a + "/" + formats.get(1).replaceFirst("fn$", "") : a + "/" + a;
  }

  private static Map<String, Double> measured(VectorRow row) {
    Map<String, Double> measured = new HashMap<>();
    for (SynthesisMetric metric : SynthesisMetric.all()) {
      String column = metric.column();
      if (row.has(column) && !row.text(column).isEmpty()) {
        double value = row.number(column);
        if (!(value > 0)) {
          throw row.wrong(column, "must be above 0: " + row.text(column));
        }
        double parts = metric.combinational(value);
        if (!(parts > 0)) {
          throw row.wrong(column, "must leave time for more than a flip-flop: " + row.text(column));
        }
        measured.put(column, parts);
      }
    }
    return measured;
  }

  private static Map<String, SynthesizedUnit.Family> families() {
    Map<String, SynthesizedUnit.Family> families = new HashMap<>();
    for (SynthesizedUnit.Family family : Set.of(SynthesizedUnit.Family.values())) {
      families.put(family.name().toLowerCase(Locale.ROOT), family);
    }
    return Map.copyOf(families);
  }
}
