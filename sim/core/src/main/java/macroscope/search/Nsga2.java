package macroscope.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import macroscope.sweep.Evaluation;
import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.initialization.InjectedInitialization;
import org.moeaframework.core.operator.CompoundVariation;
import org.moeaframework.core.operator.UniformCrossover;
import org.moeaframework.core.population.NondominatedSortingPopulation;
import org.moeaframework.core.variable.BinaryIntegerVariable;

/**
 * The genetic algorithm NSGA-II (Deb et al., IEEE Trans. Evol. Comput. 6(2), 2002) on the measured
 * quality of whole networks, which is no sum over layers: uniform crossover of layers, mutation of a layer
 * to any choice with a chance of one over the number of layers. Whole generations are measured together,
 * so that the number of threads changes nothing.
 *
 * @param population allocations of a generation
 * @param generations after the first
 * @param seed of its random numbers
 * @param warmStart a search whose allocations the first generation has; random ones fill it
 */
public record Nsga2(
    int population, int generations, long seed, Optional<ByIntegerProgram> warmStart)
    implements SearchMethod {

  /** The random numbers of the library are one stream for the whole program: searches take turns. */
  private static final Object RANDOM_NUMBERS = new Object();

  @Override
  public String name() {
    return "nsga2";
  }

  @Override
  public SearchOutcome search(SpaceSearch measured) {
    Optional<SearchOutcome> first = warmStart.map(program -> program.search(measured));
    List<Allocation> injected = first.map(SearchOutcome::chosen).orElse(List.of());
    synchronized (RANDOM_NUMBERS) {
      PRNG.setRandom(new Random(seed));
      NSGAII algorithm = new Measuring(new AllocationSearch(measured.space()), measured, injected);
      for (int step = 0; step <= generations; step++) {
        algorithm.step();
      }
    }
    return new SearchOutcome(
        List.copyOf(measured.known().keySet()),
        first.flatMap(SearchOutcome::sensitivities),
        first.map(SearchOutcome::programs).orElse(List.of()),
        List.of());
  }

  /** The algorithm, which gives a generation to the measurements as a whole. */
  private final class Measuring extends NSGAII {
    private final SpaceSearch measured;

    Measuring(AllocationSearch problem, SpaceSearch measured, List<Allocation> injected) {
      super(
          problem,
          population,
          new NondominatedSortingPopulation(),
          null,
          null,
          new CompoundVariation(new UniformCrossover(), new LayerMutation()),
          new InjectedInitialization(
              problem, injected.stream().limit(population).map(problem::solution).toList()));
      this.measured = measured;
    }

    @Override
    public void evaluateAll(Iterable<Solution> solutions) {
      List<Allocation> allocations = new ArrayList<>();
      solutions.forEach(s -> allocations.add(Allocation.of(BinaryIntegerVariable.getInt(s))));
      measured.evaluate(allocations);
      int at = 0;
      for (Solution solution : solutions) {
        judge(solution, allocations.get(at++));
        numberOfEvaluations++;
      }
    }

    /** Outputs that are not finite, and prices that are missing, violate a constraint. */
    private void judge(Solution solution, Allocation allocation) {
      Optional<Evaluation> found = Optional.ofNullable(measured.known().get(allocation));
      Optional<Double> quality =
          found.flatMap(e -> SpaceSearch.canonical(measured.search().quality(), e));
      Optional<Double> cost =
          found.flatMap(e -> SpaceSearch.canonical(measured.search().cost(), e));
      boolean judged = quality.isPresent() && cost.isPresent();
      solution.setObjectiveValue(0, judged ? quality.get() : 0);
      solution.setObjectiveValue(1, judged ? cost.get() : 0);
      solution.setConstraintValue(0, judged ? 0 : 1);
    }
  }
}
