package macroscope.accuracy;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import macroscope.input.InputException;

/** Finds the data of a network: those that come with it, or a file by its kind. */
public final class DataFiles {
  private DataFiles() {}

  /**
   * Labelled samples from a file: NumPy's by its ending, pairs of texts or of token ids in {@code .tsv},
   * else images or a text, as the network wants them.
   *
   * @param vocabulary ids of characters, for a language model
   * @param tokens what cuts texts into tokens, for an encoder
   */
  public static Dataset read(
      Model model,
      Path file,
      Supplier<Map<Integer, Integer>> vocabulary,
      Supplier<WordPiece> tokens) {
    if (ArrayData.has(file)) {
      return ArrayData.read(file);
    }
    if (file.toString().endsWith(".tsv") || model.task() == Task.RETRIEVAL) {
      return TextPairs.read(file, tokens);
    }
    if (model.task() != Task.LANGUAGE_MODEL) {
      return ImageData.read(file);
    }
    if (!model.graph().input().isFixed()) {
      throw new InputException(
          file.toString(), "a network of windows of any length needs them in a .npz file");
    }
    return TextData.read(file, vocabulary.get(), model.targets());
  }

  /** As {@link #read(Model, Path, Supplier, Supplier)}, with what comes with the networks. */
  public static Dataset read(Model model, Path file) {
    return read(model, file, BuiltIn::vocabulary, () -> tokens(model));
  }

  /** The tokenizer of a network from Maven Central. */
  public static WordPiece tokens(Model model) {
    return MavenModel.byName(model.name())
        .map(MavenModel::tokens)
        .orElseThrow(
            () ->
                new InputException(
                    model.name(), "texts need the tokenizer of the model: --tokenizer"));
  }

  /**
   * The data that come with a network.
   *
   * @param calibration whether those to calibrate with, else those to judge it by
   * @throws IllegalArgumentException if none do
   */
  public static Dataset own(Model model, boolean calibration) {
    return BuiltIn.byName(model.name())
        .map(network -> calibration ? network.calibrationData() : network.evaluationData())
        .or(() -> MavenModel.byName(model.name()).map(encoder -> encoder.data(calibration)))
        .orElseThrow(
            () -> new IllegalArgumentException("data must be given for a model from a file"));
  }
}
