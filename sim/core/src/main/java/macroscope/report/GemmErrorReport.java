package macroscope.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import macroscope.accuracy.GemmError;
import macroscope.sweep.GemmErrorSweep;
import macroscope.sweep.GemmErrorSweep.Result;
import macroscope.sweep.GemmErrorSweep.Source;
import macroscope.sweep.Objective.Scale;
import macroscope.unit.FusedDotSpec;

/**
 * Writes what a sweep of products found: one table, and for each pair of operands a chart of the
 * error against K and one against kept fraction bits.
 */
public final class GemmErrorReport {

  private static final List<String> COLUMNS =
      List.of(
          "operands",
          "origin",
          "rows",
          "columns",
          "k",
          "unit",
          "kept_fraction_bits",
          "promote_every",
          "relative_error",
          "relative_error_standard_error",
          "bias",
          "largest_error",
          "format_error");

  private static final String AXIS = "Relative error of the product (root mean square)";
  private static final String FORMATS = "the operands' quantization, exact sums";

  private final ChartFiles named = new ChartFiles(ChartStyle.paper());
  private final ChartFiles ordered = new ChartFiles(ChartStyle.ordered());

  /** Writes all files; their names. */
  public List<String> write(GemmErrorSweep sweep, List<Result> results, RunFolder folder)
      throws IOException {
    List<List<Object>> rows = results.stream().map(result -> row(sweep, result)).toList();
    List<String> names = new ArrayList<>(List.of("gemm-error.csv"));
    int number = 1;
    for (Map.Entry<Source, List<Result>> one : GemmErrorSweep.bySource(results).entrySet()) {
      String stem = "gemm-error-" + number++ + "-" + slug(one.getKey().name());
      ChartData depth = againstDepth(sweep, one.getKey(), of(one.getValue(), false));
      ChartData bits = againstBits(sweep, one.getKey(), one.getValue());
      names.addAll(named.write(folder, stem + "-against-k", depth));
      names.addAll(ordered.write(folder, stem + "-against-bits", bits));
    }
    folder.removeFiguresExcept(Set.copyOf(names));
    folder.write("gemm-error.csv", new Listing(COLUMNS, rows).csv());
    return names;
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static List<Result> of(List<Result> results, boolean keptBits) {
    return results.stream().filter(result -> result.ofKeptBits() == keptBits).toList();
  }

  private static List<Object> row(GemmErrorSweep sweep, Result r) {
    GemmError error = r.error();
    Optional<Integer> kept = keptBits(r);
    return List.of(
        r.source().name(),
        r.origin(),
        sweep.rows(),
        sweep.columns(),
        r.depth(),
        r.curve().name(),
        kept.isPresent() ? kept.get() : "",
        r.curve().promoteEvery() == 0 ? "" : r.curve().promoteEvery(),
        Numbers.precise(error.relative()),
        Numbers.precise(error.standardError()),
        Numbers.precise(error.bias()),
        Numbers.precise(error.largest()),
        Numbers.precise(r.formatError().relative()));
  }

  /** F, where the unit is one fused dot product. */
  private static Optional<Integer> keptBits(Result result) {
    return result.curve().unit() instanceof FusedDotSpec fused
        ? Optional.of(fused.keptFractionBits())
        : Optional.empty();
  }

  private static ChartData againstDepth(GemmErrorSweep sweep, Source source, List<Result> results) {
    List<ChartData.Series> series = new ArrayList<>();
    for (GemmErrorSweep.Curve curve : sweep.units().curves()) {
      boolean promoted = curve.promoteEvery() > 0;
      series.add(
          new ChartData.Series(
              curve.name(),
              series.size(),
              promoted ? ChartData.Line.DASHED : ChartData.Line.SOLID,
              results.stream()
                  .filter(r -> r.curve().equals(curve) && r.error().relative() > 0)
                  .map(r -> point(r.depth(), r.error()))
                  .toList()));
    }
    series.add(formats(results));
    return chart(
        sweep.title() + " as K grows",
        subtitle(sweep, source, results, List.of()),
        new ChartData.Axis("K: products of a sum", Scale.BINARY),
        series,
        Optional.empty());
  }

  private static ChartData.Series formats(List<Result> results) {
    Set<Integer> seen = new HashSet<>();
    List<ChartData.Point> points =
        results.stream()
            .filter(r -> seen.add(r.depth()))
            .map(r -> new ChartData.Point("", r.depth(), r.formatError().relative(), 0))
            .toList();
    return new ChartData.Series(FORMATS, 0, ChartData.Line.REFERENCE, points);
  }

  private static ChartData.Point point(double x, GemmError error) {
    return new ChartData.Point("", x, error.relative(), error.standardError());
  }

  private static ChartData againstBits(GemmErrorSweep sweep, Source source, List<Result> all) {
    List<Result> swept = of(all, true);
    List<Integer> depths = sweep.keptBits().depths();
    List<ChartData.Series> series = new ArrayList<>();
    int style = ChartStyle.ORDERED;
    for (GemmErrorSweep.Curve curve : marked(sweep)) {
      series.add(
          new ChartData.Series(
              curve.name(),
              style++,
              bits(
                  of(all, false),
                  r -> r.curve().equals(curve) && depths.contains(r.depth()),
                  sweep)));
    }
    for (int depth : depths) {
      series.addAll(curves(sweep, swept, depth));
    }
    List<String> more = new ArrayList<>();
    sweep.keptBits().promotions().stream()
        .filter(every -> every > 0)
        .forEach(every -> more.add("dashed: promoted to binary32 every " + every));
    more.add(
        String.format(
            Locale.ROOT,
            "grey: the operands' quantization, K\u00a0=\u00a0%,d",
            swept.get(swept.size() - 1).depth()));
    return chart(
        sweep.title() + " against fraction bits kept",
        subtitle(sweep, source, swept, more),
        new ChartData.Axis(
            "Fraction bits kept below the largest exponent",
            Scale.LINEAR,
            Map.of((double) exactAt(sweep), "exact")),
        series,
        Optional.of(swept.get(swept.size() - 1).formatError().relative()));
  }

  /** One K: without promotion, with it where K is long enough, and exact. */
  private static List<ChartData.Series> curves(
      GemmErrorSweep sweep, List<Result> swept, int depth) {
    List<ChartData.Series> series = new ArrayList<>();
    int style = sweep.keptBits().depths().indexOf(depth);
    for (int every : sweep.keptBits().promotions()) {
      if (every < depth) {
        series.add(
            new ChartData.Series(
                every == 0 ? String.format(Locale.ROOT, "K = %,d", depth) : "",
                style,
                every == 0 ? ChartData.Line.SOLID : ChartData.Line.DASHED,
                bits(
                    swept,
                    r ->
                        r.depth() == depth
                            && keptBits(r).isPresent()
                            && r.curve().promoteEvery() == every,
                    sweep)));
      }
    }
    series.add(
        new ChartData.Series(
            "", style, bits(swept, r -> r.depth() == depth && keptBits(r).isEmpty(), sweep)));
    return series;
  }

  /** Where an exact sum stands, beyond the most bits. */
  private static int exactAt(GemmErrorSweep sweep) {
    return 2
        + sweep.keptBits().units().stream()
            .mapToInt(FusedDotSpec::keptFractionBits)
            .max()
            .orElse(0);
  }

  /** Units that are one fused dot product and never promoted: they lie near the curves. */
  private static List<GemmErrorSweep.Curve> marked(GemmErrorSweep sweep) {
    return sweep.units().curves().stream()
        .filter(c -> c.promoteEvery() == 0 && c.unit() instanceof FusedDotSpec)
        .toList();
  }

  private interface Choice {
    boolean takes(Result result);
  }

  private static List<ChartData.Point> bits(
      List<Result> results, Choice choice, GemmErrorSweep sweep) {
    return results.stream()
        .filter(r -> choice.takes(r) && r.error().relative() > 0)
        .map(
            r ->
                new ChartData.Point(
                    "", keptBits(r).orElse(exactAt(sweep)), r.error().relative(), 0))
        .toList();
  }

  private static ChartData chart(
      String title,
      String subtitle,
      ChartData.Axis x,
      List<ChartData.Series> series,
      Optional<Double> reference) {
    return new ChartData(
        title,
        subtitle,
        x,
        new ChartData.Axis(AXIS, Scale.LOGARITHMIC),
        series,
        List.of(),
        reference);
  }

  private static String subtitle(
      GemmErrorSweep sweep, Source source, List<Result> results, List<String> more) {
    List<String> facts = new ArrayList<>();
    facts.add(
        String.format(
            Locale.ROOT, "%d x %d results of %s", sweep.rows(), sweep.columns(), source.name()));
    facts.add(sweep.a().name() + " by " + sweep.b().name());
    facts.add(origins(results));
    facts.addAll(more);
    return String.join(" \u00b7 ", facts);
  }

  /** Where operands come from and, where that changes with K, for which. */
  private static String origins(List<Result> results) {
    Set<String> origins =
        results.stream().map(Result::origin).collect(Collectors.toCollection(LinkedHashSet::new));
    if (origins.size() == 1) {
      return origins.iterator().next();
    }
    return origins.stream()
        .map(origin -> depths(results, origin) + ": " + origin)
        .collect(Collectors.joining(", "));
  }

  /** In one piece, whatever the width of the line. */
  private static String depths(List<Result> results, String origin) {
    IntSummaryStatistics depths =
        results.stream()
            .filter(r -> r.origin().equals(origin))
            .mapToInt(Result::depth)
            .summaryStatistics();
    String text =
        depths.getMin() == depths.getMax()
            ? String.format(Locale.ROOT, "K = %,d", depths.getMin())
            : String.format(Locale.ROOT, "K = %,d to %,d", depths.getMin(), depths.getMax());
    return text.replace(' ', '\u00a0');
  }
}
