package macroscope.cli;

import macroscope.config.FormatFile;
import macroscope.input.InputException;
import macroscope.tensor.TensorFormat;

/** A scheme given as an option. */
final class Schemes {
  private Schemes() {}

  /** The tensor format of a scheme; a mistake names the option. */
  static TensorFormat parse(String option, String scheme) {
    try {
      return FormatFile.catalogue().scheme(scheme);
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }
}
