package macroscope.search;

import java.util.List;
import java.util.Optional;

/**
 * What a method tells of its search besides the points that it measured.
 *
 * @param chosen allocations that it names: a program's optima, what halving left, all of brute force
 * @param sensitivities losses of single layers, where it measured them
 * @param programs its integer programs, one a budget
 * @param rungs its rungs of samples
 */
public record SearchOutcome(
    List<Allocation> chosen,
    Optional<Sensitivities> sensitivities,
    List<ProgramResult> programs,
    List<Rung> rungs) {

  public SearchOutcome {
    chosen = List.copyOf(chosen);
    programs = List.copyOf(programs);
    rungs = List.copyOf(rungs);
  }

  /** Nothing but allocations. */
  static SearchOutcome of(List<Allocation> chosen) {
    return new SearchOutcome(chosen, Optional.empty(), List.of(), List.of());
  }
}
