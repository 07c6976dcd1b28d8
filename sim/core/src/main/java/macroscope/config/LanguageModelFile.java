package macroscope.config;

import java.nio.file.Path;
import java.util.Optional;
import macroscope.workload.LanguageModel;

/**
 * The shape of a language model as its YAML file has it.
 *
 * @param name must be the name of the file
 * @param description what it is
 * @param source where the numbers are from
 * @param layers layers
 * @param hidden length of a token's vector
 * @param vocabulary tokens that there are
 * @param tiedEmbeddings whether the output's weights are the embedding's
 * @param attention heads of a transformer
 * @param stateSpace mixer of a state-space model
 * @param feedForward products after either
 * @param place where the file's top is
 */
public record LanguageModelFile(
    String name,
    String description,
    String source,
    int layers,
    int hidden,
    int vocabulary,
    boolean tiedEmbeddings,
    Optional<LanguageModel.Heads> attention,
    Optional<LanguageModel.StateSpace> stateSpace,
    Optional<LanguageModel.FeedForward> feedForward,
    Place place) {

  /** The model of a shipped name or of a path. */
  public static LanguageModel find(String nameOrPath) {
    return Yaml.read(shipped().resolve(nameOrPath), LanguageModelFile.class).model();
  }

  /** The shapes that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("workloads", "language model");
  }

  /** The file's record. */
  public static LanguageModelFile read(Path file) {
    return Yaml.read(file, LanguageModelFile.class);
  }

  /** The model that this describes. */
  public LanguageModel model() {
    return place.checked(
        () ->
            new LanguageModel(
                name,
                layers,
                hidden,
                vocabulary,
                tiedEmbeddings,
                attention,
                stateSpace,
                feedForward));
  }
}
