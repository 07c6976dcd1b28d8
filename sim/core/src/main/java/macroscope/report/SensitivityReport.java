package macroscope.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.calibrate.Sensitivity;
import macroscope.sweep.Objective.Scale;

/**
 * What a network's layers lose when they are quantized: a table, and a chart of the layers in order.
 *
 * @param title of the chart
 * @param subtitle what was quantized and judged
 */
public record SensitivityReport(String title, String subtitle, List<Sensitivity.Layer> layers) {
  private static final List<String> COLUMNS =
      List.of(
          "layer",
          "n",
          "k",
          "nll_increase",
          "nll_increase_standard_error",
          "kl_bits_to_fp32",
          "kl_bits_standard_error",
          "hessian_trace",
          "hessian_trace_standard_error",
          "squared_weight_error",
          "mean_curvature_times_error");

  public SensitivityReport {
    layers = List.copyOf(layers);
  }

  /** One row a layer, in the order of execution. */
  public Listing listing() {
    return new Listing(COLUMNS, layers.stream().map(SensitivityReport::row).toList());
  }

  private static List<Object> row(Sensitivity.Layer layer) {
    return List.of(
        layer.name(),
        layer.n(),
        layer.k(),
        rounded(layer.lossIncrease().value()),
        rounded(layer.lossIncrease().standardError()),
        rounded(layer.divergence().value()),
        rounded(layer.divergence().standardError()),
        rounded(layer.trace()),
        rounded(layer.traceError()),
        rounded(layer.squaredError()),
        rounded(layer.curvature()));
  }

  /** To six significant digits; what is not finite is an empty cell. */
  private static Object rounded(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return new BigDecimal(value).round(new MathContext(6)).doubleValue();
  }

  /** Divergence of the outputs layer by layer: the measured loss that is never negative. */
  public ChartData chart() {
    List<ChartData.Point> points = new ArrayList<>();
    for (Sensitivity.Layer layer : layers) {
      points.add(
          new ChartData.Point(
              layer.name(),
              points.size() + 1,
              layer.divergence().value(),
              layer.divergence().standardError()));
    }
    return new ChartData(
        title,
        subtitle,
        new ChartData.Axis("Layer, in the order of execution", Scale.LINEAR),
        new ChartData.Axis("Divergence with this layer alone quantized [bit]", Scale.LINEAR),
        List.of(new ChartData.Series("layers", 0, points)),
        List.of(),
        Optional.empty());
  }
}
