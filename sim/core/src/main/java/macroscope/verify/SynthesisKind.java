package macroscope.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import macroscope.cost.CostModel;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;
import macroscope.cost.TechnologyNode;
import macroscope.fpga.SevenSeriesCells;
import macroscope.hardware.Inventory;

/**
 * Synthesis results of one unit a row, beside what the prices of the technologies predict for its
 * combinational parts, and the flip-flops, DSP slices and carry cells that its inventory counts.
 */
final class SynthesisKind implements VectorKind {

  private static final Set<String> MAY_BE_NONE = Set.of("carry4", "dsp");

  /** Columns of cells that are counted, in the order in which they are reported. */
  private static final SortedMap<String, ToDoubleFunction<Inventory>> COUNTS =
      new TreeMap<>(
          Map.of(
              "carry4", SevenSeriesCells::carries,
              "dsp", SevenSeriesCells::dspSlices,
              "ff", Inventory::registerBits));

  private final Map<String, TechnologyNode> technologies;

  /**
   * @param technologies by name; a metric whose technology is not among them is not predicted
   */
  SynthesisKind(Map<String, TechnologyNode> technologies) {
    this.technologies = Map.copyOf(technologies);
  }

  @Override
  public String name() {
    return "synthesis";
  }

  @Override
  public Columns columns() {
    return SynthesisFile.COLUMNS;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Outcome replay(VectorRow row) {
    Optional<SynthesisRow> known = SynthesisFile.row(row);
    if (known.isEmpty()) {
      return new Outcome.Unsupported("unit " + VectorRow.shown(name(row)) + " is not known");
    }
    return predicted(row, known.get().inventory());
  }

  /** What the row measured beside what parts are predicted to take. */
  Outcome predicted(VectorRow row, Inventory inventory) {
    List<Outcome.Prediction> predictions = new ArrayList<>();
    for (SynthesisMetric metric : SynthesisMetric.all()) {
      TechnologyNode technology = technologies.get(metric.technology());
      if (technology != null && has(row, metric.column())) {
        CostModel model = new CostModel(technology);
        if (model.missing(metric.quantity(), inventory).isEmpty()) {
          double predicted = metric.column(model.combinational(metric.quantity(), inventory));
          predictions.add(prediction(row, metric.column(), predicted));
        }
      }
    }
    COUNTS.forEach(
        (column, count) -> {
          if (has(row, column)) {
            predictions.add(prediction(row, column, count.applyAsDouble(inventory)));
          }
        });
    return predictions.isEmpty()
        ? new Outcome.Unsupported("no technology predicts what the row measures")
        : new Outcome.Measured(predictions);
  }

  private static String name(VectorRow row) {
    return row.has("format_a") && row.has("format_b")
        ? row.text("unit") + " of " + row.text("format_a") + ", " + row.text("format_b")
        : row.text("unit");
  }

  private static boolean has(VectorRow row, String column) {
    return row.has(column) && !row.text(column).isEmpty();
  }

  private static Outcome.Prediction prediction(VectorRow row, String column, double predicted) {
    double measured = row.number(column);
    boolean none = measured == 0 && MAY_BE_NONE.contains(column);
    if (!(measured > 0 || none)) {
      throw row.wrong(column, "must be above 0: " + row.text(column));
    }
    return new Outcome.Prediction(column, predicted, measured);
  }
}
