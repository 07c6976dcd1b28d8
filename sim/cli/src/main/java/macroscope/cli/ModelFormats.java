package macroscope.cli;

import macroscope.config.FormatFile;
import macroscope.input.InputException;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.network.LayerPrecision;
import macroscope.machine.network.Precision;
import macroscope.tensor.TensorFormat;
import macroscope.workload.LanguageModel;

/**
 * Schemes of a language model's numbers as options name them.
 *
 * @param activations of activations, and of products by weights
 * @param attention of products in attention
 * @param weights of weights
 * @param outputWeights of weights of the output
 * @param cache of keys and values, or of inputs
 */
record ModelFormats(
    String activations, String attention, String weights, String outputWeights, String cache) {

  /** Bits of all of them for a model on tensor cores; {@code inputs} whether the cache holds inputs. */
  Precision precision(LanguageModel model, boolean inputs) {
    TensorFormat a = format("--activations", activations);
    return new Precision(
        type("--activations", activations),
        type("--attention", attention),
        a.bitsPerElement(1, model.hidden()),
        format("--weights", weights).bitsPerElement(model.hidden(), model.hidden()),
        format("--cache", cache).bitsPerElement(1, cached(model, inputs)),
        Float.SIZE,
        format("--output-weights", outputWeights)
            .bitsPerElement(model.vocabulary(), model.hidden()));
  }

  /** The same for a machine that times products one by one. */
  LayerPrecision layers(LanguageModel model, boolean inputs) {
    TensorFormat a = format("--activations", activations);
    int hidden = model.hidden();
    return new LayerPrecision(
        operands(a, format("--weights", weights), 1, hidden, hidden, hidden),
        operands(
            a, format("--output-weights", outputWeights), 1, hidden, model.vocabulary(), hidden),
        operands(
            format("--attention", attention),
            format("--cache", cache),
            1,
            hidden,
            1,
            cached(model, inputs)),
        Float.SIZE);
  }

  private static int cached(LanguageModel model, boolean inputs) {
    return inputs
        ? model.hidden()
        : model.attention().map(LanguageModel.Heads::size).orElse(model.hidden());
  }

  /** Operands of a product: {@code m x depth} activations, {@code n x k} right operands. */
  static LayerFormats operands(TensorFormat a, TensorFormat b, int m, int depth, int n, int k) {
    return new LayerFormats(
        machineName(a),
        machineName(b),
        a.element().bits(),
        b.element().bits(),
        a.bitsPerElement(m, depth),
        b.bitsPerElement(n, k));
  }

  /** Machines do not tell a range that is symmetric about zero from one that is not. */
  static String machineName(TensorFormat format) {
    return format.element().name().replaceFirst("sym$", "");
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
