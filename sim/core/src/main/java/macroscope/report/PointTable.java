package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Footprint;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;
import macroscope.sweep.SweepResult;

/** All points with those objectives that any of them has, for readers to sort. */
final class PointTable {

  private PointTable() {}

  static String of(SweepResult result) {
    List<FrontResult> fronts = result.fronts();
    List<Objective> shown =
        Objectives.all().stream()
            .filter(
                o -> result.evaluations().stream().anyMatch(e -> o.value().apply(e).isPresent()))
            .toList();
    List<String> heads =
        new ArrayList<>(List.of("point", "fronts", "model", "technology", "family", "design"));
    boolean machines = result.plan().machines().size() > 1;
    if (machines) {
      heads.add("machine");
    }
    shown.forEach(objective -> heads.add(objective.column()));
    Optional<Footprint> footprint = result.plan().footprint();
    footprint.ifPresent(f -> heads.addAll(List.of("electricity [kWh]", "CO2 [kg]")));
    heads.add("logits");
    Html.Table table = new Html.Table(heads).sortable("point-table");
    for (Evaluation e : result.evaluations()) {
      String on = frontsOf(e, fronts);
      table.row(cells(e, on, machines, shown, footprint), on.isEmpty() ? "" : "front");
    }
    return table.text();
  }

  private static String frontsOf(Evaluation evaluation, List<FrontResult> fronts) {
    return fronts.stream()
        .filter(front -> front.front().contains(evaluation))
        .map(front -> Integer.toString(front.number()))
        .collect(Collectors.joining(" "));
  }

  private static List<String> cells(
      Evaluation e,
      String on,
      boolean machines,
      List<Objective> shown,
      Optional<Footprint> footprint) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(e.number()));
    cells.add(on);
    cells.add(e.point().workload().name());
    cells.add(e.point().technology().name());
    cells.add(e.point().family().title());
    cells.add(e.point().label());
    if (machines) {
      cells.add(e.point().machine().name());
    }
    for (Objective objective : shown) {
      Optional<Measure> measure = objective.value().apply(e);
      cells.add(measure.map(MemberTable::text).orElse(""));
    }
    footprint.ifPresent(
        f -> {
          cells.add(f.kilowattHours(e).map(Numbers::readable).orElse(""));
          cells.add(f.kilogramsOfCarbonDioxide(e).map(Numbers::readable).orElse(""));
        });
    cells.add(e.measurement().task().logitsDigest().substring(0, 8));
    return cells;
  }
}
