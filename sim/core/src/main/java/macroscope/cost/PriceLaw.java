package macroscope.cost;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import macroscope.hardware.Feature;

/**
 * What a kind of part costs: a sum of features, each at its price.
 *
 * @param terms at least one, each feature once
 */
public record PriceLaw(List<Term> terms) {

  /**
   * One summand.
   *
   * @param per the feature
   * @param price of one unit of it
   */
  public record Term(Feature per, Price price) {}

  public PriceLaw {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a price law needs a term");
    }
    Set<Feature> seen = EnumSet.noneOf(Feature.class);
    for (Term term : terms) {
      if (!seen.add(term.per())) {
        throw new IllegalArgumentException("a feature must be priced once: " + term.per());
      }
    }
  }

  /** The cost of so much of each feature. */
  public double cost(ToDoubleFunction<Feature> amount) {
    double cost = 0;
    for (Term term : terms) {
      cost += term.price().value() * amount.applyAsDouble(term.per());
    }
    return cost;
  }
}
