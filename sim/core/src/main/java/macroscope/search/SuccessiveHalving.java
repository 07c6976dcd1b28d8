package macroscope.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.Workload;

/**
 * Measures all candidates on few samples, those that are left on more, the last on all. A candidate is
 * dropped when another one costs no more and is better beyond doubt: the confidence intervals of both
 * losses, Student's t times the paired standard error to either side, do not touch. A candidate whose
 * metric is no finite number on some of the samples is none on all of them, and is dropped too. What
 * is left is measured on all samples, so its results are those of a sweep of everything.
 *
 * @param samples of the rungs, rising; all samples follow
 * @param confidence of an interval, above 0 and below 1
 * @param designs whether candidates are the designs of the sweep, not all allocations of them
 * @param atMost candidates that it may have to measure
 */
public record SuccessiveHalving(
    List<Integer> samples, double confidence, boolean designs, int atMost) implements SearchMethod {

  public SuccessiveHalving {
    samples = List.copyOf(samples);
  }

  @Override
  public String name() {
    return "successive_halving";
  }

  @Override
  public SearchOutcome search(SpaceSearch measured) {
    SearchSpace space = measured.space();
    List<Allocation> left = designs ? space.uniform() : space.all().toList();
    List<Rung> rungs = new ArrayList<>();
    for (int count : samples) {
      Workload few = space.workload().onFirst(count);
      List<DesignPoint> points =
          left.stream().map(allocation -> measured.point(allocation).on(few)).toList();
      List<Interval> intervals = intervals(measured, points, count);
      List<Rung.Dropped> dropped = new ArrayList<>();
      List<Allocation> kept = new ArrayList<>();
      for (int i = 0; i < intervals.size(); i++) {
        int by = dominator(intervals, i);
        if (by < 0) {
          kept.add(left.get(i));
        } else {
          Optional<DesignPoint> better =
              by == 0 ? Optional.empty() : Optional.of(points.get(by - 1));
          dropped.add(new Rung.Dropped(points.get(i), intervals.get(i).least(), better));
        }
      }
      rungs.add(new Rung(count, points.size(), dropped));
      left = kept;
    }
    measured.evaluate(left);
    return new SearchOutcome(left, Optional.empty(), List.of(), rungs);
  }

  /** What a candidate costs, and between what its loss lies; no interval without a finite metric. */
  record Interval(double cost, double least, double most) {

    static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    /** An interval of no width says that few samples agreed by chance, not that it is exact: it drops nobody. */
    boolean dominates(Interval other) {
      return cost <= other.cost && least < most && most < other.least;
    }
  }

  /** Number of the first candidate that drops another, from 1; 0 for no metric, -1 if it stays. */
  static int dominator(List<Interval> intervals, int candidate) {
    Interval own = intervals.get(candidate);
    if (Double.isNaN(own.least())) {
      return 0;
    }
    for (int other = 0; other < intervals.size(); other++) {
      if (intervals.get(other).dominates(own)) {
        return other + 1;
      }
    }
    return -1;
  }

  private List<Interval> intervals(SpaceSearch measured, List<DesignPoint> points, int count) {
    Objective quality = Paired.of(measured.search().quality());
    double width = StudentT.halfWidth(confidence, count - 1);
    List<Interval> intervals = new ArrayList<>();
    for (Evaluation e : measured.evaluateAside(points)) {
      Optional<Double> cost = SpaceSearch.canonical(measured.search().cost(), e);
      Optional<Measure> loss = quality.value().apply(e);
      intervals.add(
          cost.isEmpty() || loss.isEmpty()
              ? Interval.NONE
              : interval(
                  cost.get(),
                  quality.direction().canonical(loss.get().value()),
                  width * loss.get().standardError()));
    }
    return intervals;
  }

  private static Interval interval(double cost, double loss, double half) {
    return new Interval(cost, loss - half, loss + half);
  }
}
