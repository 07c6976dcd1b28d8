package macroscope.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.sweep.Evaluation;
import macroscope.sweep.SweepResult;
import macroscope.sweep.Workload;

/** What a network reaches in float: a metric of any point less its paired difference. */
final class FloatRun {

  private static final List<String> METRICS = List.of("accuracy", "bits_per_char", "nll");

  private FloatRun() {}

  /** A metric of the float run, if the task has it with its difference. */
  static Optional<Double> metric(Evaluation any, String name) {
    return any.metric(name)
        .flatMap(own -> any.metric(name + "_delta").map(delta -> own.value() - delta.value()));
  }

  /** The metrics of a network in float, for people. */
  static String describe(SweepResult result, Workload workload) {
    return METRICS.stream()
        .flatMap(name -> any(result, workload, name))
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> any(SweepResult result, Workload workload, String name) {
    return result.evaluations().stream()
        .filter(e -> e.point().workload().name().equals(workload.name()))
        .flatMap(e -> metric(e, name).stream())
        .map(value -> name + " " + Numbers.readable(value))
        .limit(1);
  }
}
