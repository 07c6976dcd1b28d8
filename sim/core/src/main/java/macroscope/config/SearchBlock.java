package macroscope.config;

import java.util.List;
import java.util.Optional;

/** A search of a sweep file, told by its {@code method}. Its choices are the file's designs. */
@Tagged("method")
public sealed interface SearchBlock {

  /** An objective that is measured. */
  Located<String> quality();

  /** What it is traded against. */
  Located<String> cost();

  /** For these networks; for all if missing. */
  Optional<Axis<String>> models();

  Place place();

  /**
   * All allocations.
   *
   * @param atMost allocations that it may have to measure; 10,000 if missing
   */
  record BruteForce(
      Located<String> quality,
      Located<String> cost,
      Optional<Axis<String>> models,
      Optional<Located<Integer>> atMost,
      Place place)
      implements SearchBlock {}

  /**
   * Integer programs over sensitivities of single layers.
   *
   * @param steps budgets from the cheapest allocation to the one of least loss; 8 if missing, 0 for none
   * @param budgets further ones, in the unit of the cost
   */
  record IntegerProgram(
      Located<String> quality,
      Located<String> cost,
      Optional<Axis<String>> models,
      Optional<Located<Integer>> steps,
      Optional<List<Double>> budgets,
      Place place)
      implements SearchBlock {}

  /**
   * A genetic algorithm.
   *
   * @param population allocations of a generation
   * @param generations after the first
   * @param seed of its random numbers
   * @param warmStart whether its first generation has the optima of integer programs; false if missing
   * @param steps budgets of these programs
   */
  record Nsga2(
      Located<String> quality,
      Located<String> cost,
      Optional<Axis<String>> models,
      Located<Integer> population,
      Located<Integer> generations,
      long seed,
      Optional<Boolean> warmStart,
      Optional<Located<Integer>> steps,
      Place place)
      implements SearchBlock {}

  /**
   * Few samples first.
   *
   * @param samples of the rungs, rising
   * @param confidence of the intervals that decide; 0.95 if missing
   * @param candidates allocations or designs; allocations if missing
   * @param atMost candidates; 10,000 if missing
   */
  record SuccessiveHalving(
      Located<String> quality,
      Located<String> cost,
      Optional<Axis<String>> models,
      Axis<Integer> samples,
      Optional<Located<Double>> confidence,
      Optional<Candidates> candidates,
      Optional<Located<Integer>> atMost,
      Place place)
      implements SearchBlock {}

  /** What halving chooses among. */
  enum Candidates {
    ALLOCATIONS,
    DESIGNS
  }
}
