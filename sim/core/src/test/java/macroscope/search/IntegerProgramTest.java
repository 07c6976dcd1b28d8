package macroscope.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optima of integer programs against all allocations, and against the whole front of sums. */
class IntegerProgramTest {

  /** Losses over nine decades, as measured ones are; costs that grow with bits, and by chance equal. */
  private static AllocationProblem problem(int layers, int choices, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Double>> losses = new ArrayList<>();
    List<List<Double>> costs = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      double size = 1 + random.nextInt(40);
      List<Double> loss = new ArrayList<>();
      List<Double> cost = new ArrayList<>();
      for (int choice = 0; choice < choices; choice++) {
        loss.add(Math.pow(10, 1 - 9 * random.nextDouble() * (choice + 1) / choices));
        cost.add(size * (random.nextInt(4) == 0 ? 4 : 2 + choice + random.nextInt(3)));
      }
      losses.add(loss);
      costs.add(cost);
    }
    return new AllocationProblem(losses, costs);
  }

  private static List<Allocation> all(AllocationProblem problem) {
    List<Allocation> all = List.of(Allocation.uniform(problem.layers(), 0));
    for (int layer = 0; layer < problem.layers(); layer++) {
      int at = layer;
      all =
          all.stream()
              .flatMap(
                  one -> IntStream.range(0, problem.choices(at)).mapToObj(c -> one.with(at, c)))
              .toList();
    }
    return all;
  }

  private static double least(List<Allocation> all, AllocationProblem problem, double budget) {
    return all.stream()
        .filter(one -> problem.cost(one) <= budget)
        .mapToDouble(problem::loss)
        .min()
        .orElseThrow();
  }

  /** Every cost that some allocation has is a budget: the hardest ones lie on the bound itself. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isTheOptimumOfAllAllocationsAtEveryBudget(long seed) {
    AllocationProblem problem = problem(4, 6, seed);
    List<Allocation> all = all(problem);
    IntegerProgram program = new IntegerProgram(problem);
    all.stream()
        .mapToDouble(problem::cost)
        .distinct()
        .forEach(
            budget -> {
              Allocation optimum = program.within(budget).orElseThrow();
              assertThat(problem.cost(optimum)).isLessThanOrEqualTo(budget);
              assertThat(problem.loss(optimum)).isEqualTo(least(all, problem, budget));
            });
  }

  /** Least loss of each cost by dynamic programming over whole-number costs. */
  private static TreeMap<Double, Double> front(AllocationProblem problem) {
    TreeMap<Double, Double> sums = new TreeMap<>();
    sums.put(0.0, 0.0);
    for (int layer = 0; layer < problem.layers(); layer++) {
      TreeMap<Double, Double> next = new TreeMap<>();
      List<Double> losses = problem.losses().get(layer);
      List<Double> costs = problem.costs().get(layer);
      sums.forEach(
          (cost, loss) -> {
            for (int c = 0; c < losses.size(); c++) {
              next.merge(cost + costs.get(c), loss + losses.get(c), Math::min);
            }
          });
      sums = next;
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void isTheOptimumOfDynamicProgrammingForTwentyFiveLayers(long seed) {
    AllocationProblem problem = problem(25, 6, seed);
    TreeMap<Double, Double> front = front(problem);
    IntegerProgram program = new IntegerProgram(problem);
    double least = front.firstKey();
    double most = front.lastKey();
    for (int step = 0; step <= 10; step++) {
      double budget = Math.rint(least + (most - least) * step / 10 * 0.6);
      double optimum =
          front.headMap(budget, true).values().stream().min(Double::compare).orElseThrow();
      assertThat(problem.loss(program.within(budget).orElseThrow())).isEqualTo(optimum);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21})
  void aBudgetBelowTheCheapestHasNoAllocation(long seed) {
    AllocationProblem problem = problem(3, 6, seed);
    double least = problem.cost(problem.cheapest());
    assertThat(new IntegerProgram(problem).within(Math.nextDown(least))).isEmpty();
    assertThat(new IntegerProgram(problem).within(least)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {22})
  void aChoiceWhoseOutputsAreNotFiniteIsNeverTaken(long seed) {
    AllocationProblem finite = problem(3, 6, seed);
    List<List<Double>> losses = new ArrayList<>();
    for (List<Double> layer : finite.losses()) {
      List<Double> own = new ArrayList<>(layer);
      own.set(0, Double.POSITIVE_INFINITY);
      losses.add(own);
    }
    AllocationProblem problem = new AllocationProblem(losses, finite.costs());
    Allocation optimum = new IntegerProgram(problem).within(1e9).orElseThrow();
    assertThat(optimum.choices()).doesNotContain(0);
  }
}
