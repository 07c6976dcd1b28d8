package macroscope.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import macroscope.sweep.Objective.Scale;
import macroscope.sweep.ParetoFront;
import macroscope.sweep.QsnrSweep;
import macroscope.sweep.QsnrSweep.Matrix;
import macroscope.sweep.QsnrSweep.Result;

/** Writes what a sweep of formats found: one table, and a chart of QSNR against bits a matrix. */
public final class QsnrReport {

  private static final List<String> COLUMNS =
      List.of(
          "distribution",
          "rows",
          "columns",
          "seed",
          "series",
          "rounding",
          "format",
          "bits_per_element",
          "qsnr_db",
          "qsnr_standard_error_db",
          "on_front");

  private final ChartFiles charts;

  public QsnrReport(ChartStyle style) {
    charts = new ChartFiles(style);
  }

  /** Writes all files; their names. */
  public List<String> write(QsnrSweep sweep, List<Result> results, RunFolder folder)
      throws IOException {
    Map<Matrix, List<Result>> byMatrix =
        results.stream()
            .collect(
                Collectors.groupingBy(Result::matrix, LinkedHashMap::new, Collectors.toList()));
    List<String> names = new ArrayList<>(List.of("qsnr.csv"));
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<Matrix, List<Result>> one : byMatrix.entrySet()) {
      ParetoFront<Result> front = QsnrSweep.front(one.getValue());
      one.getValue().forEach(r -> rows.add(row(r, front.contains(r))));
      ChartData chart = chart(sweep, one.getKey(), one.getValue(), front);
      String name = "qsnr-" + (names.size() + 2) / 3 + "-" + distribution(one.getKey());
      names.addAll(charts.write(folder, name, chart));
    }
    folder.removeFiguresExcept(Set.copyOf(names));
    folder.write("qsnr.csv", new Listing(COLUMNS, rows).csv());
    return names;
  }

  private static String distribution(Matrix matrix) {
    return matrix.distribution().distributionName();
  }

  private static List<Object> row(Result r, boolean onFront) {
    return List.of(
        distribution(r.matrix()),
        r.matrix().rows(),
        r.matrix().columns(),
        r.matrix().seed(),
        r.series().name(),
        r.series().treatment().name(),
        r.format().name(),
        rounded(r.bitsPerElement()),
        rounded(r.qsnr().value()),
        rounded(r.qsnr().standardError()),
        onFront);
  }

  /** To four decimals; what is not finite is an empty cell. */
  private static Object rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : "";
  }

  private static ChartData chart(
      QsnrSweep sweep, Matrix matrix, List<Result> results, ParetoFront<Result> front) {
    List<ChartData.Series> series = new ArrayList<>();
    for (QsnrSweep.Series one : sweep.series()) {
      List<ChartData.Point> points =
          results.stream()
              .filter(r -> r.series().equals(one) && Double.isFinite(r.qsnr().value()))
              .map(QsnrReport::point)
              .toList();
      series.add(new ChartData.Series(one.name(), series.size(), points));
    }
    return new ChartData(
        sweep.title(),
        String.format(
            Locale.ROOT,
            "%d x %d, %s, seed %d \u00b7 %d formats \u00b7 line: no other format has fewer bits"
                + " and more decibels",
            matrix.rows(),
            matrix.columns(),
            distribution(matrix),
            matrix.seed(),
            results.size()),
        new ChartData.Axis("Stored bits per element, scales included", Scale.LINEAR),
        new ChartData.Axis("QSNR [dB]", Scale.LINEAR),
        series,
        front.members().stream()
            .map(ParetoFront.Member::first)
            .filter(r -> Double.isFinite(r.qsnr().value()))
            .map(QsnrReport::point)
            .toList(),
        Optional.empty());
  }

  private static ChartData.Point point(Result r) {
    double error = r.qsnr().standardError();
    return new ChartData.Point(
        r.format().name(),
        r.bitsPerElement(),
        r.qsnr().value(),
        Double.isFinite(error) ? error : 0);
  }
}
