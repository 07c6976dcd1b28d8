package macroscope.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import macroscope.cost.FitQuality;
import macroscope.cost.PriceFit;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;

/**
 * A fit beside what it was fitted on: each row's error with all rows fitted, with those of its formats
 * left out, and with those of its kind of unit left out.
 *
 * @param metric what was fitted
 * @param fit the prices
 * @param others rows that the fit has not seen
 */
public record FitReport(SynthesisMetric metric, PriceFit fit, List<SynthesisRow> others) {

  private static final double DIGITS = 1e4;

  /** Errors over all rows. */
  public FitQuality quality() {
    ErrorStatistics all = statistics(fit.residuals());
    return new FitQuality(
        metric.column(),
        fit.prices().size(),
        all.rows(),
        rounded(all.meanRelativeError()),
        rounded(all.greatestRelativeError()),
        all.rankCorrelation().isPresent()
            ? OptionalDouble.of(rounded(all.rankCorrelation().getAsDouble()))
            : OptionalDouble.empty(),
        rounded(statistics(fit.leaveOneFormatOut()).meanRelativeError()),
        rounded(statistics(fit.leaveOneUnitOut()).meanRelativeError()));
  }

  private static double rounded(double value) {
    return Math.rint(value * DIGITS) / DIGITS;
  }

  private static ErrorStatistics statistics(List<PriceFit.Residual> residuals) {
    return ErrorStatistics.of(
        residuals.stream().mapToDouble(PriceFit.Residual::predicted).toArray(),
        residuals.stream().mapToDouble(PriceFit.Residual::measured).toArray());
  }

  /** The fitted prices, for people. */
  public List<String> prices() {
    List<String> lines = new ArrayList<>();
    lines.add(metric.column() + ", " + metric.tool());
    lines.add(String.format(Locale.ROOT, "  %-22s %-9s %12s", "part", "per", metric.unit()));
    fit.prices()
        .forEach(
            (c, value) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-22s %-9s %12.5g",
                        c.kind(),
                        c.per().name().toLowerCase(Locale.ROOT),
                        value)));
    return lines;
  }

  /** A line a row, and a line for each way to leave rows out. */
  public List<String> residuals() {
    List<PriceFit.Residual> all = fit.residuals();
    List<PriceFit.Residual> formats = fit.leaveOneFormatOut();
    List<PriceFit.Residual> units = fit.leaveOneUnitOut();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-16s %-16s %4s %10s %10s %8s %9s %9s",
            "unit",
            "formats",
            "k",
            "measured",
            "predicted",
            "error",
            "-format",
            "-unit"));
    IntStream.range(0, all.size())
        .mapToObj(i -> line(all.get(i), formats.get(i), units.get(i)))
        .forEach(lines::add);
    List<PriceFit.Residual> unseen = fit.heldOut(others);
    unseen.forEach(residual -> lines.add(line(residual)));
    summaries("all rows fitted", all, lines);
    summaries("formats of the row left out", formats, lines);
    summaries("kind of unit of the row left out", units, lines);
    if (!unseen.isEmpty()) {
      summaries("rows that no fit has seen", unseen, lines);
    }
    return lines;
  }

  private static void summaries(
      String what, List<PriceFit.Residual> residuals, List<String> lines) {
    lines.add(summary(what, residuals));
    Map<String, List<PriceFit.Residual>> origins =
        residuals.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.row().origin(), LinkedHashMap::new, Collectors.toList()));
    if (origins.size() > 1) {
      origins.forEach((origin, rows) -> lines.add(summary("  of " + origin, rows)));
    }
  }

  private static String line(PriceFit.Residual r) {
    return String.format(
        Locale.ROOT,
        "  %-16s %-16s %4d %10.5g %10.5g %+7.1f%%",
        r.row().unit(),
        r.row().formats(),
        r.row().length(),
        r.measured(),
        r.predicted(),
        100 * r.relative());
  }

  private static String line(
      PriceFit.Residual r, PriceFit.Residual format, PriceFit.Residual unit) {
    return String.format(
        Locale.ROOT,
        "%s %+8.1f%% %+8.1f%%",
        line(r),
        100 * format.relative(),
        100 * unit.relative());
  }

  private static String summary(String what, List<PriceFit.Residual> residuals) {
    ErrorStatistics errors = statistics(residuals);
    return String.format(
        Locale.ROOT,
        "  %s: %d rows, mean error %.1f%%, largest %.1f%%, rank correlation %.3f",
        what,
        errors.rows(),
        100 * errors.meanRelativeError(),
        100 * errors.greatestRelativeError(),
        errors.rankCorrelation().orElse(Double.NaN));
  }
}
