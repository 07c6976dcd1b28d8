package macroscope.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;
import macroscope.cost.SynthesizedUnit;
import macroscope.input.InputException;

/** Reads files of synthesis results. */
public final class SynthesisFile {

  /** The header of such a file; it may have any other columns too. */
  static final Columns COLUMNS =
      Columns.of("unit", "format_a", "format_b", "acc", "k", "F", "accw", "lut6", "ff", "nand2_eq")
          .andAnyOther();

  /** Flip-flops: a count, not a metric that prices are fitted on. */
  static final String FLIP_FLOPS = "ff";

  private static final int MOST_PRODUCTS = 1024;
  private static final int MOST_ACCUMULATOR_BITS = 4096;
  private static final int MOST_FRACTION_BITS = 40;
  private static final Map<String, SynthesizedUnit.Family> FAMILIES = families();

  private SynthesisFile() {}

  /**
   * The rows whose unit and formats are known.
   *
   * @throws InputException if the file is none of synthesis results or a field is wrong
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
        if (FAMILIES.containsKey(row.text("unit")) && unit(row).supported()) {
          rows.add(new SynthesisRow(unit(row), measured(row)));
        }
      }
      return rows;
    }
  }

  /** The unit of a row, whose family must be one of {@link SynthesizedUnit.Family}. */
  static SynthesizedUnit unit(VectorRow row) {
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

  /** Whether the unit of a row has a model. */
  static boolean known(VectorRow row) {
    return FAMILIES.containsKey(row.text("unit")) && unit(row).supported();
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
        measured.put(column, value);
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
