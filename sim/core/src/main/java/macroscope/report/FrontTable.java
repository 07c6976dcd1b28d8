package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import macroscope.sweep.Evaluation;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Hypervolume;
import macroscope.sweep.Limit;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.SweepResult;

/** Fronts at a glance, a row each: how far they reach, and the cheapest design that holds their limits. */
final class FrontTable {

  private FrontTable() {}

  /**
   * The hypervolume of every front that has a point, with its box: hypervolumes are comparable where
   * boxes are equal.
   */
  static Listing hypervolumes(SweepResult result) {
    List<List<Object>> rows = new ArrayList<>();
    for (FrontResult front : result.fronts()) {
      if (!front.competitors().isEmpty()) {
        Hypervolume volume = Hypervolume.of(front);
        List<Object> row = identity(front);
        row.add(front.competitors().size());
        row.add(front.front().members().size());
        row.add(Numbers.precise(volume.fraction()));
        add(row, volume.cost());
        add(row, volume.quality());
        rows.add(row);
      }
    }
    return new Listing(
        List.of(
            "front",
            "model",
            "technology",
            "quality",
            "cost",
            "limits",
            "points",
            "members",
            "hypervolume [fraction]",
            "cost_scale",
            "cost_best",
            "cost_reference",
            "quality_scale",
            "quality_best",
            "quality_reference"),
        rows);
  }

  private static List<Object> identity(FrontResult front) {
    return new ArrayList<>(
        List.of(
            front.number(),
            front.workload().name(),
            front.technology().name(),
            front.request().quality().name(),
            front.request().cost().name(),
            front.request().limitText()));
  }

  private static void add(List<Object> row, Hypervolume.Side side) {
    row.add(side.scale().name().toLowerCase(Locale.ROOT));
    row.add(Numbers.precise(side.best()));
    row.add(Numbers.precise(side.reference()));
  }

  /** The hypervolumes for readers. */
  static String hypervolumesHtml(SweepResult result) {
    Html.Table table =
        new Html.Table(
            List.of(
                "front",
                "network",
                "technology",
                "quality",
                "cost",
                "limits",
                "points",
                "members",
                "hypervolume",
                "reference: cost",
                "reference: quality"));
    for (FrontResult front : result.fronts()) {
      if (!front.competitors().isEmpty()) {
        Hypervolume volume = Hypervolume.of(front);
        table.row(
            List.of(
                Integer.toString(front.number()),
                front.workload().name(),
                front.technology().name(),
                front.request().quality().name(),
                front.request().cost().name(),
                front.request().limitText(),
                Integer.toString(front.competitors().size()),
                Integer.toString(front.front().members().size()),
                Numbers.readable(volume.fraction()),
                reference(volume.cost(), front.request().cost(), front),
                reference(volume.quality(), front.request().quality(), front)));
      }
    }
    return table.text();
  }

  private static String reference(Hypervolume.Side side, Objective objective, FrontResult front) {
    String scale = side.scale() == Hypervolume.Scale.LINEAR ? "linear" : "log";
    return Numbers.readable(side.reference())
        + " "
        + objective.unitIn(front.technology())
        + ", "
        + scale;
  }

  /** Whether a front of the sweep has limits. */
  static boolean hasLimits(SweepResult result) {
    return result.fronts().stream().anyMatch(front -> !front.request().limits().isEmpty());
  }

  /** The cheapest designs that hold the limits of a front, a row each; one without a design where none does. */
  static Listing cheapest(SweepResult result) {
    List<List<Object>> rows = new ArrayList<>();
    for (FrontResult front : result.fronts()) {
      if (!front.request().limits().isEmpty()) {
        List<Object> row = identity(front);
        row.add(front.competitors().size());
        row.add(front.outside().size());
        row.addAll(cheapest(front));
        rows.add(row);
      }
    }
    return new Listing(
        List.of(
            "front",
            "model",
            "technology",
            "quality",
            "cost",
            "limits",
            "points_within",
            "points_outside",
            "points",
            "family",
            "design",
            "cost_value",
            "cost_unit",
            "quality_value",
            "quality_se",
            "quality_unit",
            "held_by_2se"),
        rows);
  }

  private static List<Object> cheapest(FrontResult front) {
    if (front.front().members().isEmpty()) {
      return List.of("", "", "none", "", "", "", "", "", "");
    }
    List<Evaluation> equal = front.front().members().get(0).items();
    Evaluation first = equal.get(0);
    Objective cost = front.request().cost();
    Objective quality = front.request().quality();
    Measure reached = quality.value().apply(first).orElseThrow();
    return List.of(
        equal.stream().map(e -> Integer.toString(e.number())).collect(Collectors.joining(" ")),
        first.point().family().title(),
        first.point().label(),
        Numbers.precise(cost.value().apply(first).orElseThrow().value()),
        cost.unitIn(front.technology()),
        Numbers.precise(reached.value()),
        reached.standardError() > 0 ? Numbers.precise(reached.standardError()) : "",
        quality.unitIn(front.technology()),
        front.request().limits().stream().allMatch(limit -> limit.holdsClearly(first)));
  }

  /** The cheapest designs for readers. */
  static String cheapestHtml(SweepResult result) {
    Html.Table table =
        new Html.Table(
            List.of(
                "front",
                "network",
                "technology",
                "limits",
                "points within",
                "cheapest",
                "cost",
                "quality",
                "clear of noise"));
    for (FrontResult front : result.fronts()) {
      if (!front.request().limits().isEmpty()) {
        table.row(cheapestCells(front));
      }
    }
    return table.text();
  }

  private static List<String> cheapestCells(FrontResult front) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Integer.toString(front.number()),
                front.workload().name(),
                front.technology().name(),
                front.request().limits().stream()
                    .map(Limit::textWithUnit)
                    .collect(Collectors.joining(", ")),
                front.competitors().size()
                    + " of "
                    + (front.competitors().size() + front.outside().size())));
    if (front.front().members().isEmpty()) {
      cells.addAll(List.of("no design holds them", "", "", ""));
      return cells;
    }
    Evaluation first = front.front().members().get(0).first();
    cells.add(first.point().label());
    for (Objective one : List.of(front.request().cost(), front.request().quality())) {
      cells.add(
          MemberTable.text(one.value().apply(first).orElseThrow())
              + " "
              + one.unitIn(front.technology()));
    }
    boolean clear = front.request().limits().stream().allMatch(l -> l.holdsClearly(first));
    cells.add(clear ? "yes" : "no, within 2 standard errors");
    return cells;
  }
}
