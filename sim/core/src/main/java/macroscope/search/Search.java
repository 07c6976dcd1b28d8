package macroscope.search;

import java.util.Set;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Objective;
import macroscope.sweep.Yardstick;

/**
 * What to search the design space of a sweep for, and how.
 *
 * @param name of the search and of the block of the points that it adds
 * @param method how
 * @param quality what is measured
 * @param cost what it is traded against
 * @param models names of the networks to search for; empty for all
 */
public record Search(
    String name, SearchMethod method, Objective quality, Objective cost, Set<String> models) {

  public Search {
    models = Set.copyOf(models);
  }

  /**
   * Refuses a space that the search cannot price.
   *
   * @throws IllegalArgumentException saying what has no price, that the cost is no sum over layers, or
   *     that a budget is too small
   */
  public void requireCosts(SearchSpace space, Yardstick yardstick) {
    SpaceSearch unmeasured =
        new SpaceSearch(
            this,
            space,
            yardstick,
            points -> {
              throw new IllegalStateException("nothing is measured for costs");
            });
    for (DesignPoint choice : space.choices()) {
      unmeasured.requireCost(choice);
    }
    if (method instanceof ByIntegerProgram program) {
      program.requireBudgets(SeparableCosts.of(unmeasured));
    } else if (method instanceof Nsga2 nsga2 && nsga2.warmStart().isPresent()) {
      SeparableCosts.of(unmeasured);
    }
  }

  /** Whether it searches the allocations of a network. */
  public boolean covers(SearchSpace space) {
    return models.isEmpty() || models.contains(space.workload().name());
  }
}
