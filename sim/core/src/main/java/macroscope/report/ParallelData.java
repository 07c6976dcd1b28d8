package macroscope.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import macroscope.cost.TechnologyNode;
import macroscope.sweep.Direction;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Family;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;
import macroscope.sweep.SweepResult;
import macroscope.sweep.Workload;

/**
 * A chart of parallel coordinates (A. Inselberg, "The plane with parallel coordinates", The Visual Computer
 * 1, 1985): an axis for each objective, a line for each design of one network in one technology.
 *
 * @param name for files
 * @param axes what the fronts of the sweep ask for, and stored bits; those whose values differ
 * @param lines designs that have all these values, in the order of the sweep
 */
record ParallelData(String name, String title, String subtitle, List<Axis> axes, List<Line> lines) {

  private static final int MOST_AXES = 8;
  private static final List<String> ALWAYS = List.of("bits_per_weight", "bits_per_activation");

  ParallelData {
    axes = List.copyOf(axes);
    lines = List.copyOf(lines);
  }

  /** One axis; {@code label} has its title and unit. */
  record Axis(Objective objective, String label) {
    /** Whether the least value is the best. */
    boolean lessIsBetter() {
      return objective.direction() == Direction.MINIMISE;
    }
  }

  /**
   * One design.
   *
   * @param front whether it is on a front of the sweep
   * @param values in the order of the axes
   */
  record Line(String label, Family family, boolean front, List<Double> values) {
    Line {
      values = List.copyOf(values);
    }
  }

  /** The charts of a sweep, by network and technology. */
  static List<ParallelData> of(SweepResult result) {
    List<FrontResult> fronts = result.fronts();
    List<ParallelData> charts = new ArrayList<>();
    for (Workload workload : result.plan().workloads()) {
      for (TechnologyNode technology : result.plan().technologies()) {
        List<FrontResult> own =
            fronts.stream()
                .filter(f -> f.workload().name().equals(workload.name()))
                .filter(f -> f.technology().name().equals(technology.name()))
                .toList();
        of(result, workload, technology, own).ifPresent(charts::add);
      }
    }
    return charts;
  }

  private static Optional<ParallelData> of(
      SweepResult result, Workload workload, TechnologyNode technology, List<FrontResult> fronts) {
    List<Evaluation> all =
        result.evaluations().stream()
            .filter(e -> e.point().workload().name().equals(workload.name()))
            .filter(e -> e.point().technology().name().equals(technology.name()))
            .toList();
    List<Axis> axes =
        asked(fronts).stream()
            .filter(objective -> differs(objective, all))
            .limit(MOST_AXES)
            .map(objective -> new Axis(objective, objective.axisLabel(technology)))
            .toList();
    List<Line> lines = all.stream().flatMap(e -> line(e, axes, fronts, result).stream()).toList();
    if (fronts.isEmpty() || axes.size() < 3 || lines.size() < 2) {
      return Optional.empty();
    }
    String of = lines.size() == all.size() ? "" : " of " + all.size();
    return Optional.of(
        new ParallelData(
            slug(workload, technology),
            workload.name() + " in " + technology.name() + ": all objectives at once",
            lines.size()
                + of
                + " designs \u00b7 up is better on every axis \u00b7 strong lines are on a front",
            axes,
            lines));
  }

  private static String slug(Workload workload, TechnologyNode technology) {
    String name = workload.name() + "-" + technology.name() + "-parallel";
    return name.replaceAll("[^A-Za-z0-9._-]+", "_");
  }

  private static Collection<Objective> asked(List<FrontResult> fronts) {
    Set<Objective> asked = new LinkedHashSet<>();
    fronts.forEach(front -> asked.add(front.request().quality()));
    fronts.forEach(front -> asked.add(front.request().cost()));
    ALWAYS.stream().flatMap(name -> Objectives.find(name).stream()).forEach(asked::add);
    return asked;
  }

  private static boolean differs(Objective objective, List<Evaluation> all) {
    return all.stream().flatMap(e -> value(objective, e)).distinct().limit(2).count() == 2;
  }

  private static Stream<Double> value(Objective objective, Evaluation evaluation) {
    return objective.value().apply(evaluation).map(Measure::value).stream();
  }

  private static Optional<Line> line(
      Evaluation e, List<Axis> axes, List<FrontResult> fronts, SweepResult result) {
    List<Double> values = axes.stream().flatMap(axis -> value(axis.objective(), e)).toList();
    boolean front = fronts.stream().anyMatch(f -> f.front().contains(e));
    String machine =
        result.plan().machines().size() > 1 ? " \u00b7 " + e.point().machine().name() : "";
    return values.size() < axes.size()
        ? Optional.empty()
        : Optional.of(new Line(e.point().label() + machine, e.point().family(), front, values));
  }
}
