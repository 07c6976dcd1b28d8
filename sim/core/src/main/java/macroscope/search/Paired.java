package macroscope.search;

import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;

/** The form of a metric whose standard error is of paired differences. */
final class Paired {

  private Paired() {}

  /**
   * The difference to the float run on the same samples, where a metric has one; itself where it is
   * paired by nature. Designs keep their order: the float run is the same for all.
   */
  static Objective of(Objective quality) {
    return Objectives.find(quality.name() + "_delta").orElse(quality);
  }
}
