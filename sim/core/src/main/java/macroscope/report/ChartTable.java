package macroscope.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The data of a figure as CSV: a row for each point, with units in the heads. */
final class ChartTable {

  private ChartTable() {}

  /** What a chart shows: its points by series, whether they are on the front, and its reference. */
  static String csv(ChartData chart) {
    Set<List<Double>> front = new HashSet<>();
    chart.front().forEach(p -> front.add(List.of(p.x(), p.y())));
    List<List<Object>> rows = new ArrayList<>();
    for (ChartData.Series series : chart.series()) {
      for (ChartData.Point p : series.points()) {
        rows.add(
            List.of(
                series.name(),
                p.label(),
                text(chart.x(), p.x()),
                text(chart.y(), p.y()),
                p.error() == 0 ? "" : Numbers.precise(p.error()),
                chart.front().isEmpty() ? "" : front.contains(List.of(p.x(), p.y()))));
      }
    }
    chart
        .reference()
        .ifPresent(y -> rows.add(List.of("reference", "", "", Numbers.precise(y), "", "")));
    return new Listing(
            List.of(
                "series", "label", head(chart.x()), head(chart.y()), "standard_error", "on_front"),
            rows)
        .csv();
  }

  /** What a chart of parallel coordinates shows. */
  static String csv(ParallelData chart) {
    List<String> heads = new ArrayList<>(List.of("series", "label", "on_front"));
    chart.axes().forEach(axis -> heads.add(axis.objective().column()));
    List<List<Object>> rows = new ArrayList<>();
    for (ParallelData.Line line : chart.lines()) {
      List<Object> row =
          new ArrayList<>(List.of(line.family().title(), line.label(), line.front()));
      line.values().forEach(value -> row.add(Numbers.precise(value)));
      rows.add(row);
    }
    return new Listing(heads, rows).csv();
  }

  private static String head(ChartData.Axis axis) {
    return axis.label().isEmpty() ? "value" : axis.label();
  }

  private static String text(ChartData.Axis axis, double value) {
    String word = axis.named().get(value);
    return word == null ? Numbers.precise(value) : word;
  }
}
