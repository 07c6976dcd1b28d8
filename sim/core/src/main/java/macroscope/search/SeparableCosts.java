package macroscope.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cost as a sum over layers, found by exchanging one layer at a time in the model of the whole network:
 * the difference that a layer's choice makes, with what is left of the base shared evenly. That a cost is
 * such a sum is not believed but tested, on the networks whose layers are all alike.
 */
final class SeparableCosts {

  /** Sums of tens of layers agree with the whole to this, unless the cost is no sum over layers. */
  private static final double TOLERANCE = 1e-9;

  private SeparableCosts() {}

  /**
   * The costs by layer and choice.
   *
   * @throws IllegalArgumentException if a price is missing or the cost is no sum over layers
   */
  static List<List<Double>> of(SpaceSearch search) {
    SearchSpace space = search.space();
    int layers = space.layers().size();
    Allocation base = Allocation.uniform(layers, 0);
    double whole = cost(search, base);
    List<List<Double>> costs = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      List<Double> own = new ArrayList<>();
      for (int choice = 0; choice < space.choices().size(); choice++) {
        double exchanged = choice == 0 ? whole : cost(search, base.with(layer, choice));
        own.add(whole / layers + (exchanged - whole));
      }
      costs.add(own);
    }
    for (Allocation alike : space.uniform()) {
      requireSum(search, costs, alike);
    }
    return costs;
  }

  private static double cost(SpaceSearch search, Allocation allocation) {
    Optional<Double> cost = search.cost(search.point(allocation));
    return cost.orElseThrow(
        () ->
            new IllegalArgumentException(
                search.search().cost().name() + " has no value for some of the choices"));
  }

  private static void requireSum(
      SpaceSearch search, List<List<Double>> costs, Allocation allocation) {
    double sum = 0;
    for (int layer = 0; layer < costs.size(); layer++) {
      sum += costs.get(layer).get(allocation.of(layer));
    }
    double whole = cost(search, allocation);
    if (Math.abs(sum - whole) > TOLERANCE * Math.abs(whole)) {
      throw new IllegalArgumentException(
          "an integer program needs a cost that is a sum over layers, which "
              + search.search().cost().name()
              + " is not; nsga2, brute_force and successive_halving need none");
    }
  }
}
