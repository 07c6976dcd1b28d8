package macroscope.search;

/** How a space is searched. */
public sealed interface SearchMethod
    permits BruteForce, ByIntegerProgram, Nsga2, SuccessiveHalving {

  /** The name in files. */
  String name();

  /** Searches one space; what it measures is in {@code measured}. */
  SearchOutcome search(SpaceSearch measured);
}
