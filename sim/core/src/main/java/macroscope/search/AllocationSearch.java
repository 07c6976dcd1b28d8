package macroscope.search;

import org.moeaframework.core.Solution;
import org.moeaframework.core.constraint.Equal;
import org.moeaframework.core.variable.BinaryIntegerVariable;
import org.moeaframework.problem.AbstractProblem;

/** Allocations as the library of genetic algorithms has them: an integer a layer, two objectives. */
final class AllocationSearch extends AbstractProblem {
  private final int choices;

  AllocationSearch(SearchSpace space) {
    super(space.layers().size(), 2, 1);
    this.choices = space.choices().size();
  }

  @Override
  public Solution newSolution() {
    Solution solution = new Solution(numberOfVariables, numberOfObjectives, numberOfConstraints);
    for (int layer = 0; layer < numberOfVariables; layer++) {
      solution.setVariable(layer, new BinaryIntegerVariable(0, choices - 1));
    }
    solution.setConstraint(0, Equal.to(0));
    return solution;
  }

  /** The solution that stands for an allocation. */
  Solution solution(Allocation allocation) {
    Solution solution = newSolution();
    int[] values = allocation.choices().stream().mapToInt(Integer::intValue).toArray();
    BinaryIntegerVariable.setInt(solution, values);
    return solution;
  }

  @Override
  public void evaluate(Solution solution) {
    throw new IllegalStateException("generations are evaluated as a whole");
  }
}
