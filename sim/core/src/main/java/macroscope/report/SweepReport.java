package macroscope.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import macroscope.sweep.FrontResult;
import macroscope.sweep.SweepResult;

/** Writes what a sweep found: tables, charts, a page and a manifest. Equal results, equal bytes. */
public final class SweepReport {

  private final ChartFiles charts;

  public SweepReport(ChartStyle style) {
    this.charts = new ChartFiles(style);
  }

  /**
   * Writes all files of a run, of an interrupted one all but the manifest.
   *
   * @return names of those that a person opens first
   */
  public List<String> write(SweepResult result, RunInputs inputs, RunFolder folder)
      throws IOException {
    folder.write("points.csv", Tables.points(result));
    folder.write("pareto.csv", Tables.fronts(result));
    Map<Integer, String> pictures = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (FrontResult front : result.fronts()) {
      Optional<ChartData> data = new FrontChart(result.plan(), front).data();
      if (data.isPresent()) {
        String svg = charts.svg(data.get());
        folder.write(front.slug() + ".svg", svg);
        folder.write(front.slug() + ".png", charts.png(data.get()));
        names.addAll(List.of(front.slug() + ".svg", front.slug() + ".png"));
        pictures.put(front.number(), svg);
      }
    }
    folder.removeChartsExcept(names);
    folder.write("report.html", new HtmlReport(result, inputs, pictures).text());
    folder.write("prices.csv", PriceRow.listing(result.plan().technologies()).csv());
    if (!result.isInterrupted()) {
      folder.write(RunFolder.MANIFEST, Manifest.of(result, inputs));
    }
    return new ArrayList<>(List.of("report.html", "points.csv", "pareto.csv"));
  }
}
