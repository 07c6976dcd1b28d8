package macroscope.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Measures the sensitivity of each layer to each choice, and solves an integer program for each budget;
 * then measures the networks that the programs choose.
 *
 * @param steps budgets from the cheapest allocation to the one of least loss, evenly; besides those that
 *     are given, and the cost of each choice for all layers, where a program competes with it
 * @param budgets given ones, in the unit of the cost
 */
public record ByIntegerProgram(int steps, List<Double> budgets) implements SearchMethod {

  /** Most allocations that are looked at one by one beside a program. */
  private static final int ENUMERATED = 100_000;

  public ByIntegerProgram {
    budgets = List.copyOf(budgets);
  }

  @Override
  public String name() {
    return "integer_program";
  }

  /**
   * Refuses budgets that no allocation fits.
   *
   * @param costs of each layer with each choice
   */
  void requireBudgets(List<List<Double>> costs) {
    double cheapest =
        costs.stream().mapToDouble(layer -> Collections.min(layer)).reduce(0, Double::sum);
    for (double budget : budgets) {
      if (budget < cheapest) {
        throw new IllegalArgumentException(
            "a budget must be at least that of the cheapest allocation, "
                + cheapest
                + ": "
                + budget);
      }
    }
  }

  @Override
  public SearchOutcome search(SpaceSearch measured) {
    List<List<Double>> costs = SeparableCosts.of(measured);
    Sensitivities sensitivities = Sensitivities.of(measured);
    AllocationProblem problem = new AllocationProblem(sensitivities.losses(), costs);
    List<ProgramResult> results = results(problem, measured.space());
    List<Allocation> chosen =
        Stream.concat(
                measured.space().uniform().stream(),
                results.stream().map(ProgramResult::allocation))
            .distinct()
            .toList();
    measured.evaluate(chosen);
    return new SearchOutcome(chosen, Optional.of(sensitivities), results, List.of());
  }

  /** The optima at all budgets, the smallest first. */
  List<ProgramResult> results(AllocationProblem problem, SearchSpace space) {
    IntegerProgram program = new IntegerProgram(problem);
    Optional<List<double[]>> all =
        BruteForce.fits(space, ENUMERATED) ? Optional.of(sums(problem, space)) : Optional.empty();
    List<ProgramResult> results = new ArrayList<>();
    for (double budget : all(problem, space)) {
      Optional<Double> enumerated = all.map(sums -> least(sums, budget));
      program
          .within(budget)
          .map(a -> new ProgramResult(budget, a, problem.cost(a), problem.loss(a), enumerated))
          .ifPresent(results::add);
    }
    return results;
  }

  private TreeSet<Double> all(AllocationProblem problem, SearchSpace space) {
    TreeSet<Double> all = new TreeSet<>(budgets);
    space.uniform().forEach(alike -> all.add(problem.cost(alike)));
    double least = problem.cost(problem.cheapest());
    double most = problem.cost(problem.leastLoss());
    for (int step = 0; step < steps; step++) {
      all.add(step == steps - 1 ? most : least + (most - least) * step / (steps - 1));
    }
    return all;
  }

  /** Cost and loss of every allocation, the cheapest first. */
  private static List<double[]> sums(AllocationProblem problem, SearchSpace space) {
    return space
        .all()
        .map(one -> new double[] {problem.cost(one), problem.loss(one)})
        .sorted(Comparator.comparingDouble(sums -> sums[0]))
        .toList();
  }

  private static double least(List<double[]> sums, double budget) {
    return sums.stream()
        .takeWhile(one -> one[0] <= budget)
        .mapToDouble(one -> one[1])
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
