package macroscope.spark;

import java.io.Serializable;

/** What an executor answers. */
sealed interface Outcome extends Serializable {

  /**
   * A measurement.
   *
   * @param line of a journal, which holds it bit for bit
   */
  record Made(String line) implements Outcome {}

  /** A point that cannot be measured, here or elsewhere: there is no use in trying again. */
  record Refused(String place, String rule) implements Outcome {}

  /** A mistake of the program. */
  record Failed(String message) implements Outcome {}
}
