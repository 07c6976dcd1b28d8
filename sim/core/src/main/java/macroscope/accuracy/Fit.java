package macroscope.accuracy;

import macroscope.input.InputException;

/** Whether data fit a network. */
public final class Fit {
  private Fit() {}

  /**
   * Lets data pass that the network takes.
   *
   * @throws InputException naming what must be equal and is not
   */
  public static void check(Model model, Dataset data) {
    require(model, data, "input values a sample", model.sampleSize(), data.sampleSize());
    require(model, data, "answers a sample", model.targets(), data.targets());
    if (data.largestTarget() >= model.classes()) {
      throw new InputException(
          data.name(),
          "classes must be below "
              + model.classes()
              + " for "
              + model.name()
              + ": "
              + data.largestTarget());
    }
    if (data.size() < 2) {
      throw new InputException(
          data.name(), "a standard error needs at least 2 samples: " + data.size());
    }
  }

  private static void require(Model model, Dataset data, String what, int expected, int found) {
    if (expected != found) {
      throw new InputException(
          data.name(), what + " must be " + expected + " for " + model.name() + ": " + found);
    }
  }
}
