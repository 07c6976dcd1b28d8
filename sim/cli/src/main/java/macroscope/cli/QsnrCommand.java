package macroscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.accuracy.Distribution;
import macroscope.accuracy.Metric;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkQsnr;
import macroscope.accuracy.NpyFile;
import macroscope.accuracy.Qsnr;
import macroscope.accuracy.TensorQsnr;
import macroscope.report.Listing;
import macroscope.tensor.TensorFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code qsnr}: how well a format holds a tensor. */
@Command(
    name = "qsnr",
    description = {
      "Quantization signal-to-noise ratio of a format, -10 log10(sum (Q(x)-x)^2 / sum x^2) in decibels:",
      "of a matrix in a file, of 20,000 x 256 random numbers, or of a network's own tensors."
    },
    footer = {
      "",
      "Rows are quantized along the last axis. Distributions: gaussian, gaussian-variable (each row has",
      "its own variance), student-t5, laplace, uniform. For a network, activations are the inputs of",
      "linear layers in the float run on its calibration data, or on --data.",
      "",
      "Examples:",
      "  macroscope qsnr --format mxfp4 --distribution gaussian-variable",
      "  macroscope qsnr --format int8:channel --data activations.npy",
      "  macroscope qsnr --format nvfp4 --model kjv-gpt-outlier --limit 16"
    })
final class QsnrCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of(
          "format",
          "tensor",
          "operand",
          "rows",
          "columns",
          "bits_per_element",
          "qsnr_db",
          "qsnr_standard_error_db");
  private static final int ROWS = 20_000;
  private static final int ROW_LENGTH = 256;

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;
  @Mixin private NetworkOptions network;

  @Option(names = "--format", required = true, paramLabel = "F", description = "A scheme.")
  private String scheme;

  @Option(names = "--distribution", paramLabel = "D", description = "A named distribution.")
  private Optional<String> distribution = Optional.empty();

  @Option(names = "--model", paramLabel = "M", description = "A built-in model or an ONNX file.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of a distribution (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public void run() {
    TensorFormat format = Schemes.parse("--format", scheme);
    style.print(listing(format), spec.commandLine().getOut());
  }

  private Listing listing(TensorFormat format) {
    boolean file = network.file().isPresent() && model.isEmpty();
    if (Stream.of(file, distribution.isPresent(), model.isPresent()).filter(x -> x).count() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "One of --data FILE.npy, --distribution and --model is needed (--data also with --model)");
    }
    if (model.isPresent()) {
      return ofModel(format, Model.load(model.get()));
    }
    if (distribution.isPresent()) {
      Distribution chosen = Distribution.byName(distribution.get());
      double[] x = chosen.sample(seed, ROWS, ROW_LENGTH);
      return ofMatrix(format, chosen.distributionName(), x, ROWS, ROW_LENGTH);
    }
    Path npy = network.file().orElseThrow();
    NpyFile.Matrix matrix = NpyFile.read(npy);
    return ofMatrix(format, npy.toString(), matrix.values(), matrix.rows(), matrix.columns());
  }

  private static Listing ofMatrix(
      TensorFormat format, String name, double[] x, int rows, int columns) {
    Metric qsnr = Qsnr.of(format, x, rows, columns);
    double bits = format.bitsPerElement(rows, columns);
    return new Listing(COLUMNS, List.of(row(format, name, "", rows, columns, bits, qsnr)));
  }

  private Listing ofModel(TensorFormat format, Model loaded) {
    try (TerminalProgress progress = new TerminalProgress("float run")) {
      List<TensorQsnr> tensors =
          NetworkQsnr.of(loaded, network.data(loaded, true), format, progress);
      return new Listing(COLUMNS, tensors.stream().map(t -> row(format, t)).toList());
    }
  }

  private static List<Object> row(TensorFormat format, TensorQsnr tensor) {
    String operand = tensor.operand().name().toLowerCase(Locale.ROOT);
    return row(
        format,
        tensor.layer(),
        operand,
        tensor.rows(),
        tensor.columns(),
        tensor.bitsPerElement(),
        tensor.qsnr());
  }

  private static List<Object> row(
      TensorFormat format,
      String name,
      String operand,
      int rows,
      int columns,
      double bits,
      Metric qsnr) {
    return List.of(
        format.name(),
        name,
        operand,
        rows,
        columns,
        rounded(bits),
        rounded(qsnr.value()),
        rounded(qsnr.standardError()));
  }

  /** To four decimals; what is not finite stays, and an unknown standard error is an empty cell. */
  private static Object rounded(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value) ? value : Math.round(value * 1e4) / 1e4;
  }
}
