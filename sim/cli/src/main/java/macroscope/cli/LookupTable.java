package macroscope.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import macroscope.accuracy.LayerCounts;
import macroscope.unit.LookupCounts;
import macroscope.unit.SramTableSpec;

/**
 * The lookups of a layer in arrays of SRAM tables, as {@code evaluate --count-lookups} prints them.
 *
 * @param layer its name, or {@code all}
 * @param counts over all samples
 * @param cycles of the arrays
 * @param saved cycles that arrays without a pattern reuse table would take beyond these, as a fraction of
 *     theirs
 */
record LookupTable(String layer, LookupCounts counts, long cycles, double saved) {

  private static final List<String> COLUMNS =
      List.of(
          "layer",
          "lookups",
          "empty",
          "reused",
          "reads",
          "writes",
          "array cycles",
          "cycles saved by reuse");

  /** A row for each layer and one for all; none where nothing was counted. */
  static List<LookupTable> of(EvaluationOutput output) {
    if (output.lookups().isEmpty()) {
      return List.of();
    }
    int access =
        output
            .quantization()
            .unit()
            .map(unit -> ((SramTableSpec) unit.spec()).accessCycles())
            .orElseThrow();
    List<LookupTable> rows = new ArrayList<>();
    LookupCounts all = new LookupCounts(0, 0, 0, 0, 0);
    for (LayerCounts<LookupCounts> layer : output.lookups()) {
      rows.add(of(layer.layer(), layer.counts(), access));
      all = all.plus(layer.counts());
    }
    rows.add(of("all", all, access));
    return rows;
  }

  private static LookupTable of(String layer, LookupCounts counts, int access) {
    LookupCounts without =
        new LookupCounts(counts.passes(), counts.lookups(), counts.empty(), 0, counts.writes());
    long most = without.cycles(access);
    long cycles = counts.cycles(access);
    return new LookupTable(layer, counts, cycles, most == 0 ? 0 : (most - cycles) / (double) most);
  }

  void put(ObjectNode node) {
    node.put("layer", layer).put("lookups", counts.lookups()).put("empty", counts.empty());
    node.put("reused", counts.reused()).put("reads", counts.reads());
    node.put("writes", counts.writes()).put("array_cycles", cycles);
    node.put("cycles_saved", saved);
  }

  /** A table for people; nothing if there are no rows. */
  static String text(List<LookupTable> rows) {
    return rows.isEmpty()
        ? ""
        : "\n" + new TextTable(COLUMNS, 1).rows(rows.stream().map(LookupTable::cells).toList());
  }

  private List<String> cells() {
    return List.of(
        layer,
        String.valueOf(counts.lookups()),
        String.valueOf(counts.empty()),
        String.valueOf(counts.reused()),
        String.valueOf(counts.reads()),
        String.valueOf(counts.writes()),
        String.valueOf(cycles),
        String.format(Locale.ROOT, "%.1f %%", 100 * saved));
  }
}
