package macroscope.search;

import java.math.BigInteger;
import java.util.List;

/**
 * Measures all allocations.
 *
 * @param atMost allocations that it may have to measure
 */
public record BruteForce(int atMost) implements SearchMethod {

  @Override
  public String name() {
    return "brute_force";
  }

  /** Whether a space is small enough. */
  static boolean fits(SearchSpace space, int atMost) {
    return space.size().compareTo(BigInteger.valueOf(atMost)) <= 0;
  }

  @Override
  public SearchOutcome search(SpaceSearch measured) {
    List<Allocation> all = measured.space().all().toList();
    measured.evaluate(all);
    return SearchOutcome.of(all);
  }
}
