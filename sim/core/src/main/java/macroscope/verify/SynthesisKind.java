package macroscope.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.Quantity;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;

/**
 * Synthesis results of one unit a row, beside what the prices of the technologies predict for its
 * combinational parts, and the flip-flops that its inventory counts.
 */
final class SynthesisKind implements VectorKind {

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
    if (!SynthesisFile.known(row)) {
      String unit = row.text("unit") + " of " + row.text("format_a") + ", " + row.text("format_b");
      return new Outcome.Unsupported("unit " + VectorRow.shown(unit) + " is not known");
    }
    return predicted(row, SynthesisFile.unit(row).inventory());
  }

  /** What the row measured beside what parts are predicted to take. */
  Outcome predicted(VectorRow row, Inventory inventory) {
    List<Outcome.Prediction> predictions = new ArrayList<>();
    for (SynthesisMetric metric : SynthesisMetric.all()) {
      TechnologyNode technology = technologies.get(metric.technology());
      if (technology != null && has(row, metric.column())) {
        double predicted = predicted(new CostModel(technology), metric, inventory);
        predictions.add(prediction(row, metric.column(), predicted));
      }
    }
    if (has(row, SynthesisFile.FLIP_FLOPS)) {
      predictions.add(prediction(row, SynthesisFile.FLIP_FLOPS, inventory.registerBits()));
    }
    return predictions.isEmpty()
        ? new Outcome.Unsupported("no technology predicts what the row measures")
        : new Outcome.Measured(predictions);
  }

  private static boolean has(VectorRow row, String column) {
    return row.has(column) && !row.text(column).isEmpty();
  }

  private static Outcome.Prediction prediction(VectorRow row, String column, double predicted) {
    double measured = row.number(column);
    if (!(measured > 0)) {
      throw row.wrong(column, "must be above 0: " + row.text(column));
    }
    return new Outcome.Prediction(column, predicted, measured);
  }

  private static double predicted(CostModel model, SynthesisMetric metric, Inventory inventory) {
    CostReport report =
        metric.quantity() == Quantity.AREA ? model.area(inventory) : model.energyPerPass(inventory);
    return report.lines().stream()
            .filter(line -> !(line.part().component() instanceof Component.Register))
            .mapToDouble(CostReport.Line::cost)
            .sum()
        / metric.scale();
  }
}
