package macroscope.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import macroscope.accuracy.LayerProfile;
import macroscope.sweep.Objective.Scale;

/**
 * Where a network loses accuracy: a table with a row a node, and a chart of the nodes in order.
 *
 * @param title of the chart
 * @param subtitle what was quantized and judged
 */
public record LayerProfileReport(String title, String subtitle, List<LayerProfile> rows) {

  /** More names than that do not fit the axis. */
  private static final int NAMED = 60;

  private static final int LONGEST_NAME = 28;

  /** Places before the first layer that the axis may show and that have no number. */
  private static final int MARGIN = 5;

  private static final List<String> COLUMNS =
      List.of(
          "layer",
          "operator",
          "products",
          "m",
          "n",
          "k",
          "weights",
          "activations",
          "result",
          "unit",
          "weights_qsnr_db",
          "activations_qsnr_db",
          "injected_qsnr_db",
          "injected_qsnr_standard_error_db",
          "injected_max_error",
          "accumulated_qsnr_db",
          "accumulated_qsnr_standard_error_db",
          "accumulated_max_error",
          "result_rms");

  public LayerProfileReport {
    rows = List.copyOf(rows);
  }

  /** One row a node, in the order of execution; {@code inf} where nothing is lost. */
  public Listing listing() {
    return new Listing(COLUMNS, rows.stream().map(LayerProfileReport::cells).toList());
  }

  private static List<Object> cells(LayerProfile row) {
    LayerProfile.Shape shape = row.shape();
    LayerProfile.Formats formats = row.formats();
    boolean product = shape.products() > 0;
    return List.of(
        row.node(),
        row.operator(),
        product ? shape.products() : "",
        shape.m(),
        shape.n(),
        product ? shape.k() : "",
        formats.weights(),
        formats.activations(),
        formats.result(),
        formats.datapath(),
        number(row.weights().value()),
        number(row.activations().value()),
        number(row.injected().qsnr().value()),
        number(row.injected().qsnr().standardError()),
        number(row.injected().largest()),
        number(row.accumulated().qsnr().value()),
        number(row.accumulated().qsnr().standardError()),
        number(row.accumulated().largest()),
        number(row.rootMeanSquare()));
  }

  /** To six significant digits; nothing for what is not there. */
  private static Object number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value)
        ? "inf"
        : new BigDecimal(value).round(new MathContext(6)).doubleValue();
  }

  /** Signal to noise of operands and results, node by node; empty if nothing is lost anywhere. */
  public Optional<ChartData> chart() {
    List<ChartData.Series> series = new ArrayList<>();
    series.add(curve("weights", 2, ChartData.Line.NONE, row -> row.weights().value()));
    series.add(curve("inputs", 3, ChartData.Line.NONE, row -> row.activations().value()));
    series.add(
        curve("result, this layer alone", 0, ChartData.Line.NONE, r -> decibels(r.injected())));
    series.add(
        curve("result, all layers", 1, ChartData.Line.SOLID, r -> decibels(r.accumulated())));
    series.removeIf(one -> one.points().isEmpty());
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChartData(
            title,
            subtitle,
            new ChartData.Axis(
                rows.size() > NAMED ? "Layer, in the order of execution" : "",
                Scale.LINEAR,
                names()),
            new ChartData.Axis("Signal to quantization noise [dB]", Scale.LINEAR),
            series,
            List.of(),
            Optional.empty()));
  }

  private static double decibels(LayerProfile.Loss loss) {
    return loss.qsnr().value();
  }

  private ChartData.Series curve(
      String name, int style, ChartData.Line line, ToDoubleFunction<LayerProfile> value) {
    List<ChartData.Point> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double y = value.applyAsDouble(rows.get(i));
      if (Double.isFinite(y)) {
        points.add(new ChartData.Point(rows.get(i).node(), i + 1, y, 0));
      }
    }
    return new ChartData.Series(name, style, line, points);
  }

  private Map<Double, String> names() {
    Map<Double, String> names = new LinkedHashMap<>();
    if (rows.size() <= NAMED) {
      IntStream.rangeClosed(-MARGIN, 0).forEach(i -> names.put((double) i, ""));
    }
    for (int i = 0; i < rows.size() && rows.size() <= NAMED; i++) {
      String name = rows.get(i).node();
      int cut = Math.max(0, name.length() - LONGEST_NAME);
      names.put(i + 1.0, (cut > 0 ? "\u2026" : "") + name.substring(cut));
    }
    return names;
  }
}
