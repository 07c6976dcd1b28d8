package macroscope.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import macroscope.accuracy.AttentionSoftmax;
import macroscope.accuracy.ResultFormats;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.ResultKind;
import macroscope.onnx.ResultKinds;
import macroscope.tensor.TensorFormat;
import picocli.CommandLine.Option;

/** How operations besides products are computed and what their results are kept in. */
final class ResultOptions {

  @Option(
      names = "--softmax",
      paramLabel = "S",
      defaultValue = "real",
      description = {
        "real, on integers: shiftmax8, shiftmax16 (I-ViT), two_pass, three_pass (base 2), or a format",
        "that its results are rounded to (default: ${DEFAULT-VALUE})."
      })
  private String softmax;

  @Option(
      names = "--norms",
      paramLabel = "FORMAT",
      description = "Round results of normalizations, gain and offset included (default: float).")
  private Optional<String> norms = Optional.empty();

  @Option(
      names = "--embeddings",
      paramLabel = "FORMAT",
      description = "Round rows that are looked up in tables (default: float).")
  private Optional<String> embeddings = Optional.empty();

  private Optional<AttentionSoftmax> algorithm() {
    return Arrays.stream(AttentionSoftmax.values())
        .filter(one -> one.name().equalsIgnoreCase(softmax))
        .findFirst();
  }

  /** How softmax is computed. */
  AttentionSoftmax softmax() {
    return algorithm().orElse(AttentionSoftmax.REAL);
  }

  /**
   * What results are kept in.
   *
   * @throws InputException if the network has no such operation
   */
  ResultFormats formats(Graph graph) {
    Optional<String> ofSoftmax = algorithm().isPresent() ? Optional.empty() : Optional.of(softmax);
    return new ResultFormats(
        format("--embeddings", embeddings, ResultKind.EMBEDDING, graph),
        format("--norms", norms, ResultKind.NORMALIZATION, graph),
        format("--softmax", ofSoftmax, ResultKind.SOFTMAX, graph));
  }

  private static Optional<TensorFormat> format(
      String option, Optional<String> scheme, ResultKind kind, Graph graph) {
    if (scheme.isEmpty()) {
      return Optional.empty();
    }
    TensorFormat format = parse(option, scheme.get());
    if (!ResultKinds.of(graph).containsValue(kind)) {
      throw new InputException(
          option, graph.place() + " has no " + kind.name().toLowerCase(Locale.ROOT));
    }
    return Optional.of(format);
  }

  private static TensorFormat parse(String option, String scheme) {
    try {
      TensorFormat format = Schemes.parse(option, scheme);
      new ResultFormats(Optional.of(format), Optional.empty(), Optional.empty());
      return format;
    } catch (InputException e) {
      throw option.equals("--softmax")
          ? new InputException(
              option, "must be one of " + AttentionSoftmax.names() + " or a format: " + scheme, e)
          : e;
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }
}
