package macroscope.sweep;

import java.util.Map;

/**
 * Where the measurements of a sweep are made: on threads of this machine, or on many machines. What is
 * measured, kept and priced is the {@link SweepEngine}'s business, so that every engine gives the same
 * bytes.
 */
public interface Engine {

  /** Is handed what an engine has made. Called by any thread, also by several at once. */
  interface Results {

    /** Some more samples have run. */
    void ran(long samples);

    /** A measurement is made; when this returns it outlives the program. */
    void made(String key, Measurement measurement);

    /** Whether no further measurement is to begin; those in flight may end. */
    default boolean stopped() {
      return false;
    }
  }

  /**
   * Makes measurements, in any order, and hands each over as soon as it is made: all of them unless it is
   * stopped.
   *
   * @param open what to measure: a point under each key
   * @throws macroscope.input.InputException if a point cannot be measured; what has been handed over
   *     by then stays
   */
  void measure(Map<String, DesignPoint> open, Results results);
}
