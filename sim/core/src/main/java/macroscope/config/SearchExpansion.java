package macroscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import macroscope.cost.MissingPriceException;
import macroscope.search.BruteForce;
import macroscope.search.ByIntegerProgram;
import macroscope.search.Nsga2;
import macroscope.search.Search;
import macroscope.search.SearchMethod;
import macroscope.search.SearchPlan;
import macroscope.search.SearchSpace;
import macroscope.search.SuccessiveHalving;
import macroscope.sweep.Objective;
import macroscope.sweep.SweepPlan;

/** Makes the searches of a sweep file. Whatever cannot be searched is refused here, before anything runs. */
final class SearchExpansion {
  private static final int AT_MOST = 10_000;
  private static final int STEPS = 8;
  private static final double CONFIDENCE = 0.95;

  private final Function<Located<String>, Objective> objectives;
  private final SweepPlan sweep;
  private final List<SearchSpace> spaces;

  /**
   * @param objectives finds an objective of the sweep by name
   */
  SearchExpansion(SweepPlan sweep, Function<Located<String>, Objective> objectives) {
    this.sweep = sweep;
    this.objectives = objectives;
    this.spaces = new SearchPlan(sweep, List.of()).spaces();
  }

  /** The searches of the blocks, in their order. */
  List<Search> searches(List<SearchBlock> blocks) {
    if (!blocks.isEmpty() && sweep.points().stream().anyMatch(p -> !p.layers().isEmpty())) {
      throw blocks
          .get(0)
          .place()
          .refuse("a search gives layers their designs, which must have no layers of their own");
    }
    List<Search> searches = new ArrayList<>();
    for (SearchBlock block : blocks) {
      SearchMethod method = method(block);
      Objective quality = objectives.apply(block.quality());
      if (!quality.sampled()) {
        throw block.quality().place().refuse("must be measured: " + quality.name());
      }
      Objective cost = objectives.apply(block.cost());
      if (cost.sampled()) {
        throw block.cost().place().refuse("must be no measured objective: " + cost.name());
      }
      Search search =
          new Search(
              "search " + (searches.size() + 1) + ": " + method.name(),
              method,
              quality,
              cost,
              SweepExpansion.subset(
                  block.models(), sweep.workloads().stream().map(w -> w.name()).toList()));
      requireFits(block, search);
      searches.add(search);
    }
    return searches;
  }

  private void requireFits(SearchBlock block, Search search) {
    for (SearchSpace space : spaces) {
      if (search.covers(space)) {
        requireFits(block, search, space);
        try {
          search.requireCosts(space, sweep.yardstick());
        } catch (IllegalArgumentException | MissingPriceException e) {
          throw block.cost().place().refuse(e);
        }
      }
    }
  }

  private static void requireFits(SearchBlock block, Search search, SearchSpace space) {
    if (!search.quality().tasks().contains(space.workload().model().task())) {
      throw block
          .quality()
          .place()
          .refuse("the task of " + space.workload().name() + " has no " + search.quality().name());
    }
    if (space.workload().activity()) {
      throw block.place().refuse("a search counts no toggles: activity must be false");
    }
    if (space.choices().size() < 2) {
      throw block
          .place()
          .refuse("a search needs at least 2 designs for " + space.workload().name());
    }
    int most = atMost(block);
    boolean all = !(search.method() instanceof SuccessiveHalving h) || !h.designs();
    if (most > 0 && all && space.size().bitLength() > 31
        || most > 0 && all && space.size().intValue() > most) {
      throw block
          .place()
          .refuse(
              search.method().name()
                  + " would measure "
                  + space.choices().size()
                  + "^"
                  + space.layers().size()
                  + " allocations of "
                  + space.workload().name()
                  + ", at_most is "
                  + most);
    }
    if (search.method() instanceof SuccessiveHalving halving) {
      int data = space.workload().data().size();
      for (int samples : halving.samples()) {
        if (samples >= data) {
          throw block
              .place()
              .refuse("samples must be below the " + data + " of the sweep: " + samples);
        }
      }
    }
  }

  /** Most candidates of a method that measures all of them; 0 for others. */
  private static int atMost(SearchBlock block) {
    if (block instanceof SearchBlock.BruteForce all) {
      return all.atMost().map(Located::value).orElse(AT_MOST);
    }
    if (block instanceof SearchBlock.SuccessiveHalving halving) {
      return halving.atMost().map(Located::value).orElse(AT_MOST);
    }
    return 0;
  }

  private static SearchMethod method(SearchBlock block) {
    if (block instanceof SearchBlock.BruteForce b) {
      return new BruteForce(whole(b.atMost(), AT_MOST, 1));
    }
    if (block instanceof SearchBlock.IntegerProgram p) {
      return new ByIntegerProgram(steps(p.steps()), p.budgets().orElse(List.of()));
    }
    if (block instanceof SearchBlock.Nsga2 n) {
      return nsga2(n);
    }
    if (block instanceof SearchBlock.SuccessiveHalving h) {
      return halving(h);
    }
    throw new IllegalStateException("unknown method: " + block);
  }

  private static Nsga2 nsga2(SearchBlock.Nsga2 n) {
    boolean warm = n.warmStart().orElse(false);
    if (!warm && n.steps().isPresent()) {
      throw n.steps().get().place().refuse("is for warm_start: true");
    }
    int population = whole(Optional.of(n.population()), 0, 2);
    if (population > AT_MOST) {
      throw n.population().place().refuse("must be at most " + AT_MOST + ": " + population);
    }
    int generations = whole(Optional.of(n.generations()), 0, 1);
    return new Nsga2(
        population,
        generations,
        n.seed(),
        warm ? Optional.of(new ByIntegerProgram(steps(n.steps()), List.of())) : Optional.empty());
  }

  private static int steps(Optional<Located<Integer>> steps) {
    int value = whole(steps, STEPS, 0);
    if (value == 1) {
      throw steps.orElseThrow().place().refuse("must be 0 or at least 2: 1");
    }
    return value;
  }

  private static int whole(Optional<Located<Integer>> given, int otherwise, int least) {
    given
        .filter(one -> one.value() < least)
        .ifPresent(
            one -> {
              throw one.place().refuse("must be at least " + least + ": " + one.value());
            });
    return given.map(Located::value).orElse(otherwise);
  }

  private static SuccessiveHalving halving(SearchBlock.SuccessiveHalving h) {
    int before = 1;
    for (Located<Integer> rung : h.samples().values()) {
      if (rung.value() <= before) {
        throw rung.place()
            .refuse("samples must rise, from 2 on: " + rung.value() + " after " + before);
      }
      before = rung.value();
    }
    double confidence = h.confidence().map(Located::value).orElse(CONFIDENCE);
    if (!(confidence > 0 && confidence < 1)) {
      throw h.confidence()
          .orElseThrow()
          .place()
          .refuse("must be above 0 and below 1: " + confidence);
    }
    return new SuccessiveHalving(
        h.samples().values().stream().map(Located::value).toList(),
        confidence,
        h.candidates().orElse(SearchBlock.Candidates.ALLOCATIONS) == SearchBlock.Candidates.DESIGNS,
        whole(h.atMost(), AT_MOST, 1));
  }
}
