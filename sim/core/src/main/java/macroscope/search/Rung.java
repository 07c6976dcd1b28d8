package macroscope.search;

import java.util.List;
import java.util.Optional;
import macroscope.sweep.DesignPoint;

/**
 * What successive halving did on so many samples.
 *
 * @param samples the first ones
 * @param candidates points that were measured
 * @param dropped points that another one's interval dominates, or whose metric is no finite number
 */
public record Rung(int samples, int candidates, List<Dropped> dropped) {

  /**
   * A point that was dropped.
   *
   * @param least lower end of the confidence interval of its loss
   * @param by the point that dominates it; empty if its metric is no finite number
   */
  public record Dropped(DesignPoint point, double least, Optional<DesignPoint> by) {}

  public Rung {
    dropped = List.copyOf(dropped);
  }
}
