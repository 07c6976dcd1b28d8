package macroscope.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import macroscope.cost.CostReport;
import macroscope.cost.TechnologyNode;
import macroscope.sweep.Objective.Scale;
import macroscope.sweep.UnitCurves;
import macroscope.sweep.UnitCurves.Chart;
import macroscope.sweep.UnitCurves.Curve;
import macroscope.sweep.UnitCurves.Merit;
import macroscope.sweep.UnitCurves.Point;

/**
 * Writes a comparison of units along a parameter: every point, what the curves show, the prices behind
 * them, and a chart of density and one of energy for each of its charts and technologies.
 */
public final class UnitCurvesReport {

  private static final List<String> POINTS =
      List.of(
          "chart",
          "technology",
          "curve",
          "axis",
          "value",
          "unit",
          "rows",
          "columns",
          "products_per_pass",
          "cycles_per_pass",
          "area",
          "area_unit",
          "energy_pj_per_pass",
          "operations_per_cycle_per_area",
          "energy_pj_per_operation",
          "price_provenance");

  private static final List<String> FINDINGS =
      List.of("chart", "technology", "curve", "merit", "best_at", "against", "ahead_at");

  private static final List<String> PRICES =
      List.of("technology", "quantity", "part", "per", "value", "unit", "provenance", "source");

  private final ChartFiles charts;

  public UnitCurvesReport(ChartStyle style) {
    charts = new ChartFiles(style);
  }

  /** Writes all files; their names. */
  public List<String> write(UnitCurves curves, List<Point> points, RunFolder folder)
      throws IOException {
    List<String> names = new ArrayList<>(List.of("points.csv", "findings.csv", "prices.csv"));
    for (Chart chart : curves.charts()) {
      for (TechnologyNode technology : curves.technologies()) {
        for (Merit merit : Merit.values()) {
          String name = name(curves, chart, technology, merit);
          ChartData data = data(curves, chart, technology, merit, points);
          names.addAll(charts.write(folder, name, data));
        }
      }
    }
    folder.removeFiguresExcept(Set.copyOf(names));
    folder.write(
        "points.csv",
        new Listing(POINTS, points.stream().map(UnitCurvesReport::row).toList()).csv());
    folder.write("findings.csv", findings(points).csv());
    folder.write("prices.csv", prices(points).csv());
    return names;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String name(
      UnitCurves curves, Chart chart, TechnologyNode technology, Merit merit) {
    String node = curves.technologies().size() == 1 ? "" : technology.name() + "-";
    return chart.name() + "-" + node + lower(merit);
  }

  private static List<Object> row(Point p) {
    return List.of(
        p.chart().name(),
        p.technology().name(),
        p.curve().name(),
        p.chart().axis(),
        p.value(),
        p.unit().name(),
        p.chart().array().rows(),
        p.chart().array().columns(),
        p.length(),
        p.cycles(),
        rounded(p.area().total()),
        p.area().unit(),
        rounded(p.energy().total()),
        rounded(p.density()),
        rounded(p.energyPerOperation()),
        provenance(p));
  }

  /** Six significant digits. */
  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String provenance(Point point) {
    Set<String> kinds = new TreeSet<>();
    for (CostReport report : List.of(point.area(), point.energy())) {
      report.prices().forEach(price -> kinds.add(lower(price.provenance())));
    }
    return String.join(" ", kinds);
  }

  private static Listing findings(List<Point> points) {
    List<List<Object>> rows = new ArrayList<>();
    for (UnitCurves.Finding one : UnitCurves.findings(points)) {
      rows.add(
          List.of(
              one.chart().name(),
              one.technology().name(),
              one.curve().name(),
              lower(one.merit()),
              one.bestAt(),
              one.chart().curves().get(0).name(),
              one.aheadAt().stream().map(String::valueOf).collect(Collectors.joining(" "))));
    }
    return new Listing(FINDINGS, rows);
  }

  private static Listing prices(List<Point> points) {
    Set<List<Object>> rows = new LinkedHashSet<>();
    for (Point point : points) {
      for (CostReport report : List.of(point.area(), point.energy())) {
        for (CostReport.Line line : report.lines()) {
          line.law().terms().stream()
              .map(
                  term ->
                      List.<Object>of(
                          point.technology().name(),
                          lower(report.quantity()),
                          line.part().component().kind(),
                          lower(term.per()),
                          term.price().value(),
                          term.price().unit(),
                          lower(term.price().provenance()),
                          term.price().source()))
              .forEach(rows::add);
        }
      }
    }
    return new Listing(PRICES, List.copyOf(rows));
  }

  private static ChartData data(
      UnitCurves curves, Chart chart, TechnologyNode technology, Merit merit, List<Point> points) {
    List<ChartData.Series> series = new ArrayList<>();
    for (Curve curve : chart.curves()) {
      List<ChartData.Point> drawn =
          points.stream()
              .filter(p -> p.chart() == chart && p.curve() == curve)
              .filter(p -> p.technology() == technology)
              .map(p -> new ChartData.Point("", p.value(), merit.of(p), 0))
              .toList();
      series.add(new ChartData.Series(curve.name(), series.size(), ChartData.Line.SOLID, drawn));
    }
    String area = points.get(0).area().unit();
    return new ChartData(
        curves.title(),
        chart.title()
            + String.format(
                Locale.ROOT,
                " \u00b7 %s, array %d x %d",
                technology.name(),
                chart.array().rows(),
                chart.array().columns()),
        new ChartData.Axis(
            chart.axis(), isGeometric(chart.values()) ? Scale.LOGARITHMIC : Scale.LINEAR),
        new ChartData.Axis(
            merit == Merit.DENSITY
                ? "Operations a cycle per area [1/" + area + "]"
                : "Energy per operation [pJ]",
            Scale.LOGARITHMIC),
        series,
        List.of(),
        Optional.empty());
  }

  /** Whether values spread over more than a decade. */
  private static boolean isGeometric(List<Integer> values) {
    return values.get(0) > 0 && values.get(values.size() - 1) > 20 * values.get(0);
  }
}
