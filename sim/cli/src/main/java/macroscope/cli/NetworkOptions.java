package macroscope.cli;

import java.nio.file.Path;
import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.DataFiles;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.Vocabulary;
import macroscope.accuracy.WordPiece;
import macroscope.input.InputException;
import picocli.CommandLine.Option;

/** The data that a network runs on. */
final class NetworkOptions {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = {
        "An idx images file (labels beside it, images-idx3 replaced by labels-idx1), a text file,",
        "a .tsv of texts or of token ids in pairs, a .npz of inputs by name and labels, or x.npy with",
        "x.labels.npy beside it (default: the data that come with a model)."
      })
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE.json",
      description = "Ids of characters for --data of a language model (default: King James).")
  private Optional<Path> vocabulary = Optional.empty();

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE.json",
      description = "WordPiece tokenizer of an encoder from a file, for a .tsv of texts.")
  private Optional<Path> tokenizer = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "Run the first N samples only.")
  private Optional<Integer> limit = Optional.empty();

  /** The file that was named, whatever it holds. */
  Optional<Path> file() {
    return data;
  }

  /**
   * The data to run.
   *
   * @param calibration whether calibration data stand in when none are named, else evaluation data
   */
  Dataset data(Model model, boolean calibration) {
    Dataset all = data.map(file -> read(model, file)).orElseGet(() -> own(model, calibration));
    return limit.map(samples -> first(all, samples)).orElse(all);
  }

  /** Labelled samples from a file, as the network wants them. */
  Dataset read(Model model, Path file) {
    return DataFiles.read(
        model,
        file,
        () -> vocabulary.map(Vocabulary::read).orElseGet(BuiltIn::vocabulary),
        () -> tokenizer.map(WordPiece::read).orElseGet(() -> DataFiles.tokens(model)));
  }

  private static Dataset own(Model model, boolean calibration) {
    try {
      return DataFiles.own(model, calibration);
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException("--data", "must be given for a model from a file", e);
    }
  }

  private static Dataset first(Dataset all, int samples) {
    if (samples < 2 || samples > all.size()) {
      throw new InputException(
          "--limit", "samples of " + all.name() + " must be 2.." + all.size() + ": " + samples);
    }
    return all.first(samples);
  }
}
