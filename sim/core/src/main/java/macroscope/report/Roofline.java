package macroscope.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.sweep.Objective.Scale;

/**
 * Operations a second against operations for each byte of external memory, beneath what a machine can
 * do (Williams et al., CACM 52, 2009). A multiply-accumulate is two operations.
 *
 * @param peak operations a second
 * @param bandwidth bytes a second of external memory; empty if nothing limits them
 */
public record Roofline(double peak, Optional<Double> bandwidth) {

  private static final double TERA = 1e12;

  /** Points of a roof on each side of what is shown. */
  private static final double MARGIN = 8;

  /**
   * Something that ran.
   *
   * @param name what
   * @param intensity operations for each byte
   * @param rate operations a second
   */
  public record Run(String name, double intensity, double rate) {}

  /** Operations a second that are possible at an intensity. */
  public double roof(double intensity) {
    return bandwidth.map(b -> Math.min(peak, b * intensity)).orElse(peak);
  }

  /** The chart of some runs; those of one name are one series. */
  public ChartData chart(String title, String subtitle, List<Run> runs) {
    List<ChartData.Series> series = new ArrayList<>();
    Map<String, List<ChartData.Point>> byName = new LinkedHashMap<>();
    for (Run run : runs) {
      byName
          .computeIfAbsent(run.name(), name -> new ArrayList<>())
          .add(point(run.intensity(), run.rate()));
    }
    byName.forEach((name, points) -> series.add(new ChartData.Series(name, series.size(), points)));
    series.add(
        new ChartData.Series(
            bandwidth.isPresent() ? "peak and bandwidth" : "peak",
            series.size(),
            ChartData.Line.REFERENCE,
            roof(runs)));
    return new ChartData(
        title,
        subtitle,
        new ChartData.Axis("Arithmetic intensity [OP/byte of external memory]", Scale.LOGARITHMIC),
        new ChartData.Axis("Operations a second [TOP/s]", Scale.LOGARITHMIC),
        series,
        List.of(),
        Optional.empty());
  }

  private List<ChartData.Point> roof(List<Run> runs) {
    double least = runs.stream().mapToDouble(Run::intensity).min().orElse(1);
    double most = runs.stream().mapToDouble(Run::intensity).max().orElse(1);
    if (bandwidth.isEmpty()) {
      return List.of(point(least / MARGIN, peak), point(most * MARGIN, peak));
    }
    double ridge = peak / bandwidth.get();
    double left = Math.min(least, ridge) / MARGIN;
    return List.of(
        point(left, roof(left)), point(ridge, peak), point(Math.max(most, ridge) * MARGIN, peak));
  }

  private static ChartData.Point point(double intensity, double rate) {
    return new ChartData.Point("", intensity, rate / TERA, 0);
  }
}
