package macroscope.cli;

import macroscope.config.FormatFile;
import macroscope.input.InputException;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.network.Precision;
import macroscope.tensor.TensorFormat;
import macroscope.workload.LanguageModel;

/**
 * Schemes of a language model's numbers as options name them.
 *
 * @param activations of activations, and of products by weights
 * @param attention of products in attention
 * @param weights of weights
 * @param cache of keys and values, or of inputs
 */
record ModelFormats(String activations, String attention, String weights, String cache) {

  /** Bits of all of them for a model; {@code inputs} whether the cache holds inputs. */
  Precision precision(LanguageModel model, boolean inputs) {
    TensorFormat a = format("--activations", activations);
    TensorFormat w = format("--weights", weights);
    TensorFormat c = format("--cache", cache);
    int cached = model.attention().map(LanguageModel.Heads::size).orElse(model.hidden());
    return new Precision(
        type("--activations", activations),
        type("--attention", attention),
        a.bitsPerElement(1, model.hidden()),
        w.bitsPerElement(model.hidden(), model.hidden()),
        c.bitsPerElement(1, inputs ? model.hidden() : cached),
        Float.SIZE);
  }

  private static OperandType type(String option, String scheme) {
    return OperandType.find(format(option, scheme).element().name())
        .orElseThrow(
            () ->
                new InputException(
                    option, "must be of a type that tensor cores multiply: " + scheme));
  }

  /** The format of a scheme. */
  static TensorFormat format(String option, String scheme) {
    try {
      return FormatFile.catalogue().scheme(scheme);
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }
}
