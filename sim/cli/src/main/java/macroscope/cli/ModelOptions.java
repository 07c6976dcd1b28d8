package macroscope.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import picocli.CommandLine.Option;

/** What a language model's inference is: which shape, how much of it, in which formats. */
final class ModelOptions {

  private static final int CONTEXT = 2048;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A shape of configs/workloads or a .yaml file; network also takes graphs.")
  private String model;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Sequences, or samples of a graph (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "Tokens of a sequence, new ones included (default: " + CONTEXT + ").")
  private Optional<Integer> context = Optional.empty();

  @Option(
      names = "--activations",
      paramLabel = "F",
      defaultValue = "fp16",
      description = "Format of activations, and of products (default: ${DEFAULT-VALUE}).")
  private String activations;

  @Option(
      names = "--weights",
      paramLabel = "F",
      description = "Format of weights (default: that of activations).")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--output-weights",
      paramLabel = "F",
      description = "Format of weights of output and embedding (default: that of weights).")
  private Optional<String> outputWeights = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "F",
      description = "Format of keys and values (default: that of activations).")
  private Optional<String> cache = Optional.empty();

  @Option(
      names = "--cache-inputs",
      description = "Cache the inputs of attention, make keys and values again (XQuant).")
  private boolean cacheInputs;

  String model() {
    return model;
  }

  int batch() {
    return batch;
  }

  boolean cacheInputs() {
    return cacheInputs;
  }

  String activations() {
    return activations;
  }

  String weights() {
    return weights.orElse(activations);
  }

  /** The first option that says something of a language model's phase alone; empty if none is given. */
  Optional<String> ofPhase() {
    if (context.isPresent()) {
      return Optional.of("--context");
    }
    if (outputWeights.isPresent()) {
      return Optional.of("--output-weights");
    }
    if (cache.isPresent()) {
      return Optional.of("--cache");
    }
    return cacheInputs ? Optional.of("--cache-inputs") : Optional.empty();
  }

  /** A phase of a model's inference. */
  Inference phase(boolean decode, LanguageModel model) {
    if (cacheInputs && model.attention().isEmpty()) {
      throw new InputException(
          "--cache-inputs",
          "needs attention, whose inputs it caches: " + model.name() + " has none");
    }
    return new Inference(decode, batch, context.orElse(CONTEXT), cacheInputs);
  }

  /** Formats of a shape's numbers by name, for reports. */
  Map<String, String> settings(Optional<String> attention) {
    Map<String, String> settings = new LinkedHashMap<>();
    ModelFormats formats = formats(attention);
    settings.put("weights", formats.weights());
    settings.put("output_weights", formats.outputWeights());
    settings.put("activations", formats.activations());
    settings.put("attention", formats.attention());
    settings.put("cache", formats.cache());
    settings.put("cached", cacheInputs ? "inputs" : "keys and values");
    return settings;
  }

  /** Formats, those of attention if they are others than of activations. */
  ModelFormats formats(Optional<String> attention) {
    return new ModelFormats(
        activations,
        attention.orElse(activations),
        weights(),
        outputWeights.orElse(weights()),
        cache.orElse(activations));
  }
}
