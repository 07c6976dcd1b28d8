package macroscope.sweep;

import macroscope.accuracy.Progress;

/** Runs the network of a design point. Pure: equal numerics, equal measurement, on any thread. */
public interface Measurer {

  /**
   * The measurement of a point.
   *
   * @param progress is told how many samples are done
   */
  Measurement measure(DesignPoint point, Progress progress);
}
