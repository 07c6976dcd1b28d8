package macroscope.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import macroscope.search.SearchResult;
import macroscope.sweep.FrontResult;
import macroscope.sweep.SweepResult;

/** Writes what a sweep found: tables, charts, a page and a manifest. Equal results, equal bytes. */
public final class SweepReport {

  private final ChartStyle style;
  private final ChartFiles charts;

  public SweepReport(ChartStyle style) {
    this.style = style;
    this.charts = new ChartFiles(style);
  }

  /**
   * Writes all files of a run, of an interrupted one all but the manifest.
   *
   * @return names of those that a person opens first
   */
  public List<String> write(SearchResult searched, RunInputs inputs, RunFolder folder)
      throws IOException {
    SweepResult result = searched.sweep();
    SearchReport searches = new SearchReport(searched);
    Map<String, String> tables = tables(result);
    searches.tables().forEach((name, table) -> tables.put(name, table.csv()));
    Map<Integer, String> pictures = new LinkedHashMap<>();
    Set<String> names = new HashSet<>(tables.keySet());
    for (FrontResult front : result.fronts()) {
      Optional<ChartData> data = new FrontChart(result.plan(), front).data();
      if (data.isPresent()) {
        String svg = charts.svg(data.get());
        names.addAll(charts.write(folder, front.slug(), data.get(), svg));
        pictures.put(front.number(), svg);
      }
    }
    for (ParallelData chart : ParallelData.of(result)) {
      names.addAll(charts.write(folder, chart));
    }
    Map<String, String> curves = new LinkedHashMap<>();
    for (Map.Entry<String, ChartData> chart : searches.charts().entrySet()) {
      names.addAll(charts.write(folder, chart.getKey(), chart.getValue()));
      curves.put(chart.getKey(), charts.svg(chart.getValue()));
    }
    folder.removeFiguresExcept(names);
    for (Map.Entry<String, String> table : tables.entrySet()) {
      folder.write(table.getKey(), table.getValue());
    }
    String data = new PageData(result, style).json();
    String found = searched.found().isEmpty() ? "" : searches.html(curves);
    folder.write("report.html", new HtmlReport(result, inputs, pictures, data, found).text());
    if (!result.isInterrupted()) {
      folder.write(RunFolder.MANIFEST, Manifest.of(result, inputs, searches.randomNumbers()));
    }
    return new ArrayList<>(List.of("report.html", "points.csv", "pareto.csv"));
  }

  private static Map<String, String> tables(SweepResult result) {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("points.csv", Tables.points(result));
    tables.put("pareto.csv", Tables.fronts(result));
    tables.put("hypervolume.csv", FrontTable.hypervolumes(result).csv());
    if (FrontTable.hasLimits(result)) {
      tables.put("cheapest.csv", FrontTable.cheapest(result).csv());
    }
    tables.put("prices.csv", PriceRow.listing(result.plan().technologies()).csv());
    return tables;
  }
}
