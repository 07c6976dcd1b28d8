package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import macroscope.accuracy.Task;
import macroscope.cost.Provenance;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Family;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Limit;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.SweepPlan;

/** Makes the chart of a front. */
final class FrontChart {

  private static final String ERROR_BARS = "bars: one standard error";

  private final SweepPlan plan;
  private final FrontResult front;

  FrontChart(SweepPlan plan, FrontResult front) {
    this.plan = plan;
    this.front = front;
  }

  /** The chart, if there is a point to draw. */
  Optional<ChartData> data() {
    if (front.competitors().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChartData(
            title(),
            subtitle(),
            axis(front.request().cost()),
            axis(front.request().quality()),
            series(),
            front.front().members().stream().map(m -> point(m.first(), label(m.items()))).toList(),
            reference()));
  }

  private String title() {
    return front.workload().name()
        + " in "
        + front.technology().name()
        + ": "
        + lowerCase(front.request().quality().title())
        + " against "
        + lowerCase(front.request().cost().title());
  }

  private static String lowerCase(String title) {
    return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
  }

  private String subtitle() {
    List<String> facts = new ArrayList<>();
    Task task = front.workload().model().task();
    String samples = (task == Task.CLASSIFICATION ? " test " : " ") + task.samples();
    facts.add(front.workload().data().size() + samples);
    facts.add(front.competitors().size() + " designs, " + yardstick());
    if (plan.machines().size() == 1) {
      facts.add(plan.machines().get(0).name());
    }
    if (!front.request().limits().isEmpty()) {
      facts.add(
          front.request().limits().stream()
              .map(Limit::textWithUnit)
              .collect(Collectors.joining(", ")));
    }
    if (front.request().quality().sampled()) {
      facts.add(ERROR_BARS);
    }
    if (reference().isPresent()) {
      facts.add("dashed: float");
    }
    if (remembered()) {
      facts.add("some prices from memory");
    }
    facts.add("default scales: channel, token");
    return String.join(" \u00b7 ", facts);
  }

  /** Whether a price that the cost rests on was remembered and not looked up. */
  private boolean remembered() {
    return front.request().cost().priced().stream()
        .flatMap(
            quantity ->
                front.competitors().stream().flatMap(e -> e.hardware().prices(quantity).stream()))
        .anyMatch(price -> price.provenance() == Provenance.MEMORY);
  }

  private String yardstick() {
    return switch (plan.yardstick().comparison()) {
      case PER_UNIT -> "unit against unit";
      case EQUAL_THROUGHPUT -> "at equal throughput";
      case EQUAL_AREA -> "at equal area";
    };
  }

  private ChartData.Axis axis(Objective objective) {
    return new ChartData.Axis(objective.axisLabel(front.technology()), objective.scale());
  }

  private List<ChartData.Series> series() {
    Map<Family, List<ChartData.Point>> points = new TreeMap<>();
    for (Evaluation e : front.competitors()) {
      points
          .computeIfAbsent(e.point().family(), family -> new ArrayList<>())
          .add(point(e, e.point().label()));
    }
    List<ChartData.Series> series = new ArrayList<>();
    points.forEach(
        (family, items) ->
            series.add(new ChartData.Series(family.title(), family.ordinal(), items)));
    return series;
  }

  private ChartData.Point point(Evaluation evaluation, String label) {
    Measure x = front.request().cost().value().apply(evaluation).orElseThrow();
    Measure y = front.request().quality().value().apply(evaluation).orElseThrow();
    return new ChartData.Point(label, x.value(), y.value(), y.standardError());
  }

  private String label(List<Evaluation> equal) {
    DesignPoint first = equal.get(0).point();
    String machine = plan.machines().size() > 1 ? " \u00b7 " + first.machine().name() : "";
    String others = equal.size() > 1 ? " (+" + (equal.size() - 1) + " equal)" : "";
    return first.label() + machine + others;
  }

  /** What the network reaches in float, where the quality is measured against it. */
  private Optional<Double> reference() {
    Evaluation any = front.competitors().get(0);
    String quality = front.request().quality().name();
    if (quality.endsWith("_delta")) {
      return Optional.of(0.0);
    }
    return quality.equals("error_rate")
        ? FloatRun.metric(any, "accuracy").map(accuracy -> 1 - accuracy)
        : FloatRun.metric(any, quality);
  }
}
