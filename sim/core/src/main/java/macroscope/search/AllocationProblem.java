package macroscope.search;

import java.util.List;

/**
 * The choice of one of several options for each layer, where losses and costs are sums over layers: a
 * multiple-choice knapsack problem. Its sums are taken in the order of the layers, in double precision,
 * whoever asks, so that equal allocations have equal sums.
 *
 * @param losses by layer and choice: what is to be least; infinite forbids a choice
 * @param costs by layer and choice: what a budget limits
 */
record AllocationProblem(List<List<Double>> losses, List<List<Double>> costs) {

  AllocationProblem {
    losses = losses.stream().map(List::copyOf).toList();
    costs = costs.stream().map(List::copyOf).toList();
    if (losses.isEmpty() || losses.size() != costs.size()) {
      throw new IllegalArgumentException(
          "layers must number at least 1 and have losses and costs: " + losses.size());
    }
  }

  int layers() {
    return losses.size();
  }

  int choices(int layer) {
    return losses.get(layer).size();
  }

  /** The loss of an allocation. */
  double loss(Allocation allocation) {
    return sum(losses, allocation);
  }

  /** The cost of an allocation. */
  double cost(Allocation allocation) {
    return sum(costs, allocation);
  }

  private static double sum(List<List<Double>> terms, Allocation allocation) {
    double sum = 0;
    for (int layer = 0; layer < terms.size(); layer++) {
      sum += terms.get(layer).get(allocation.of(layer));
    }
    return sum;
  }

  /**
   * Whether another choice for a layer is at least as good in both, and better in one or, if equal in
   * both, earlier: some optimum has no such choice.
   */
  boolean isDominated(int layer, int choice) {
    double loss = losses.get(layer).get(choice);
    double cost = costs.get(layer).get(choice);
    for (int other = 0; other < choices(layer); other++) {
      double otherLoss = losses.get(layer).get(other);
      double otherCost = costs.get(layer).get(other);
      boolean better = otherLoss < loss || otherCost < cost || other < choice;
      if (other != choice && otherLoss <= loss && otherCost <= cost && better) {
        return true;
      }
    }
    return Double.isInfinite(loss);
  }

  /** The cheapest choice of each layer, of several the one of least loss. */
  Allocation cheapest() {
    return each(costs, losses);
  }

  /** The choice of least loss of each layer, of several the cheapest. */
  Allocation leastLoss() {
    return each(losses, costs);
  }

  private Allocation each(List<List<Double>> first, List<List<Double>> second) {
    int[] best = new int[first.size()];
    for (int layer = 0; layer < best.length; layer++) {
      for (int choice = 1; choice < choices(layer); choice++) {
        int by = Double.compare(value(first, layer, choice), value(first, layer, best[layer]));
        double other = value(second, layer, choice);
        if (by < 0 || by == 0 && other < value(second, layer, best[layer])) {
          best[layer] = choice;
        }
      }
    }
    return Allocation.of(best);
  }

  private double value(List<List<Double>> terms, int layer, int choice) {
    double loss = losses.get(layer).get(choice);
    return Double.isInfinite(loss) ? loss : terms.get(layer).get(choice);
  }
}
