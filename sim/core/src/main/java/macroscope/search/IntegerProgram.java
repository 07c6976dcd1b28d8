package macroscope.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;
import org.ojalgo.type.context.NumberContext;

/**
 * The allocation of least loss within a budget, by integer programming: a variable of 0 or 1 for each
 * layer and choice, one choice a layer, the sum of costs within the budget, the sum of losses least. These
 * are the programs of HAWQ-V3 (Yao et al., arXiv 2011.10680) and AdaQuant (Hubara et al., arXiv 2006.10518).
 *
 * <p>Choices that another one beats in their layer are left out, and what is left is scaled to 0..1.
 * A solver of linear programs knows budgets and optima to a tolerance only. Its answer is therefore
 * taken as the start of exchanges of one or two layers at a time, in exact comparisons of the sums, as
 * long as one brings it within the budget or lowers its loss.
 */
final class IntegerProgram {

  /** What the solver may overstep the budget by, of its range: exchanges put it right. */
  private static final double SLACK = 1e-9;

  private final AllocationProblem problem;
  private final List<List<Integer>> options = new ArrayList<>();

  IntegerProgram(AllocationProblem problem) {
    this.problem = problem;
    for (int layer = 0; layer < problem.layers(); layer++) {
      List<Integer> kept = new ArrayList<>();
      for (int choice = 0; choice < problem.choices(layer); choice++) {
        if (!problem.isDominated(layer, choice)) {
          kept.add(choice);
        }
      }
      options.add(kept);
    }
  }

  /** The allocation of least loss whose cost is at most {@code budget}; empty if none is so cheap. */
  Optional<Allocation> within(double budget) {
    if (options.stream().anyMatch(List::isEmpty)) {
      return Optional.empty();
    }
    Allocation cheapest = problem.cheapest();
    if (problem.cost(cheapest) > budget) {
      return Optional.empty();
    }
    Allocation least = problem.leastLoss();
    if (problem.cost(least) <= budget) {
      return Optional.of(least);
    }
    Allocation fromSolver = improved(solved(budget, cheapest), budget);
    Allocation fromCheapest = improved(cheapest, budget);
    return Optional.of(
        problem.cost(fromSolver) <= budget && problem.loss(fromSolver) <= problem.loss(fromCheapest)
            ? fromSolver
            : fromCheapest);
  }

  /** The solver's answer, or {@code otherwise} if it finds none. */
  private Allocation solved(double budget, Allocation otherwise) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.integer(
        IntegerStrategy.newConfigurable()
            .withParallelism(() -> 1)
            .withGapTolerance(NumberContext.of(16, 14)));
    double base = problem.cost(otherwise);
    double range = budget - base;
    double lossScale = lossScale();
    Expression cost = model.addExpression("cost");
    List<List<Variable>> variables = new ArrayList<>();
    for (int layer = 0; layer < problem.layers(); layer++) {
      Expression one = model.addExpression("layer " + layer).level(1);
      List<Variable> own = new ArrayList<>();
      double cheapest = problem.costs().get(layer).get(otherwise.of(layer));
      for (int choice : options.get(layer)) {
        double loss = problem.losses().get(layer).get(choice) / lossScale;
        Variable x = model.addVariable(layer + "/" + choice).binary().weight(loss);
        one.set(x, 1);
        cost.set(x, scale(problem.costs().get(layer).get(choice) - cheapest, range));
        own.add(x);
      }
      variables.add(own);
    }
    cost.upper(1 + SLACK);
    Optimisation.Result result = model.minimise();
    return result.getState().isFeasible() ? allocation(model, variables) : otherwise;
  }

  private static double scale(double more, double range) {
    return range > 0 ? more / range : more > 0 ? 2 : 0;
  }

  private double lossScale() {
    double most = 0;
    for (int layer = 0; layer < problem.layers(); layer++) {
      for (int choice : options.get(layer)) {
        most = Math.max(most, Math.abs(problem.losses().get(layer).get(choice)));
      }
    }
    return most == 0 ? 1 : most;
  }

  private Allocation allocation(ExpressionsBasedModel model, List<List<Variable>> variables) {
    int[] choices = new int[variables.size()];
    for (int layer = 0; layer < choices.length; layer++) {
      double largest = -1;
      for (int i = 0; i < variables.get(layer).size(); i++) {
        double value = variables.get(layer).get(i).getValue().doubleValue();
        if (value > largest) {
          largest = value;
          choices[layer] = options.get(layer).get(i);
        }
      }
    }
    return Allocation.of(choices);
  }

  /** An allocation that no exchange of one or two layers betters, reached from another by the best ones. */
  private Allocation improved(Allocation start, double budget) {
    Allocation best = start;
    Optional<Allocation> better = Optional.of(start);
    while (better.isPresent()) {
      best = better.get();
      better = exchange(best, budget);
    }
    return best;
  }

  private Optional<Allocation> exchange(Allocation from, double budget) {
    Optional<Allocation> best = Optional.empty();
    for (int one = 0; one < problem.layers(); one++) {
      for (int first : options.get(one)) {
        Allocation moved = from.with(one, first);
        best = better(best, from, moved, budget);
        for (int two = one + 1; two < problem.layers(); two++) {
          for (int second : options.get(two)) {
            best = better(best, from, moved.with(two, second), budget);
          }
        }
      }
    }
    return best;
  }

  private Optional<Allocation> better(
      Optional<Allocation> best, Allocation from, Allocation candidate, double budget) {
    return isBetter(candidate, best.orElse(from), budget) ? Optional.of(candidate) : best;
  }

  /** Within the budget first, then of less loss, then cheaper. */
  private boolean isBetter(Allocation one, Allocation other, double budget) {
    double oneCost = problem.cost(one);
    double otherCost = problem.cost(other);
    if (oneCost > budget || otherCost > budget) {
      return oneCost < otherCost && otherCost > budget;
    }
    double oneLoss = problem.loss(one);
    double otherLoss = problem.loss(other);
    return oneLoss < otherLoss || oneLoss == otherLoss && oneCost < otherCost;
  }
}
