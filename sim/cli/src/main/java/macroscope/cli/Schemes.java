package macroscope.cli;

import macroscope.input.InputException;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;

/** A scheme given as an option. */
final class Schemes {
  private Schemes() {}

  /** The tensor format of a scheme; a mistake names the option. */
  static TensorFormat parse(String option, String scheme) {
    try {
      return TensorFormats.parse(scheme);
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }
}
