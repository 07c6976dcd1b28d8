package macroscope.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import macroscope.accuracy.Distribution;
import macroscope.accuracy.MatrixFormat;
import macroscope.accuracy.MatrixFormats;
import macroscope.accuracy.Metric;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkQsnr;
import macroscope.accuracy.NpyFile;
import macroscope.accuracy.Restoration;
import macroscope.accuracy.TensorError;
import macroscope.accuracy.TensorError.Quartiles;
import macroscope.accuracy.TensorQsnr;
import macroscope.accuracy.Treatment;
import macroscope.config.FormatFile;
import macroscope.input.InputException;
import macroscope.report.Listing;
import macroscope.tensor.FormatCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code qsnr}: how well formats hold a tensor. */
@Command(
    name = "qsnr",
    description = {
      "Quantization signal-to-noise ratio of formats, -10 log10(sum (Q(x)-x)^2 / sum x^2) in decibels:",
      "of a matrix in a file, of 20,000 x 256 random numbers, or of a network's own tensors."
    },
    footer = {
      "",
      "A .npy file has elements f2, f4 or f8 in either byte order, C or Fortran order. Blocks run along the",
      "last axis; the other axes are rows. Distributions: gaussian, gaussian-variable (each row has",
      "its own variance), student-t5, laplace, uniform. For a network, activations are the inputs of",
      "linear layers in the float run on its calibration data, or on --data.",
      "Beside the schemes of 'formats', kmeans4:group64:fp16 is a table of 16 values learnt from the",
      "matrix, vq8_8_8 two stages of 2^8 vectors of 8 elements.",
      "",
      "Examples:",
      "  macroscope qsnr --format mxfp4,nvfp4,mx6 --distribution gaussian-variable",
      "  macroscope qsnr --format int8:channel --data activations.npy --statistics --csv",
      "  macroscope qsnr --format e4m3fn:token --data x.npy --rounding stochastic:4 --seed 7",
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
  private static final List<String> STATISTICS =
      List.of(
          "mean_error",
          "rms_error",
          "largest_error",
          "flushed_to_zero",
          "blocks",
          "crest_median",
          "crest_q3",
          "block_qsnr_min_db",
          "block_qsnr_q1_db",
          "block_qsnr_median_db",
          "block_qsnr_q3_db");
  private static final int ROWS = 20_000;
  private static final int ROW_LENGTH = 256;
  private static final int DIGITS = 6;

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;
  @Mixin private NetworkOptions network;
  @Mixin private RestorationOptions restoration;

  @Option(
      names = "--format",
      required = true,
      split = ",",
      paramLabel = "F",
      description = "Schemes: see 'formats'; or learnt from the matrix, see below.")
  private List<String> schemes = List.of();

  @Option(names = "--distribution", paramLabel = "D", description = "A named distribution.")
  private Optional<String> distribution = Optional.empty();

  @Option(names = "--model", paramLabel = "M", description = "A built-in model or an ONNX file.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of a distribution, random bits and noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--statistics",
      description = {
        "Also the errors themselves and, by innermost scale, the blocks' crest factors (largest",
        "magnitude over root mean square) and QSNR; not for networks."
      })
  private boolean statistics;

  @Override
  public void run() {
    FormatCatalogue catalogue = FormatFile.catalogue();
    List<MatrixFormat> formats =
        schemes.stream()
            .map(s -> named("--format", () -> MatrixFormats.parse(s, catalogue)))
            .toList();
    List<List<Object>> rows = rows(formats);
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.addAll(statistics ? STATISTICS : List.of());
    style.print(new Listing(columns, rows), spec.commandLine().getOut());
  }

  private List<List<Object>> rows(List<MatrixFormat> formats) {
    boolean file = network.file().isPresent() && model.isEmpty();
    if (Stream.of(file, distribution.isPresent(), model.isPresent()).filter(x -> x).count() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "One of --data FILE.npy, --distribution and --model is needed (--data also with --model)");
    }
    if (model.isPresent()) {
      if (statistics) {
        throw new ParameterException(spec.commandLine(), "--statistics are of single matrices");
      }
      Model loaded = Model.load(model.get());
      return formats.stream().flatMap(format -> ofModel(format, loaded)).toList();
    }
    if (distribution.isPresent()) {
      Distribution chosen = Distribution.byName(distribution.get());
      double[] x = chosen.sample(seed, ROWS, ROW_LENGTH);
      NpyFile.Matrix matrix = new NpyFile.Matrix(ROWS, ROW_LENGTH, x);
      return formats.stream().map(f -> ofMatrix(f, chosen.distributionName(), matrix)).toList();
    }
    Path npy = network.file().orElseThrow();
    NpyFile.Matrix matrix = NpyFile.read(npy);
    return formats.stream().map(f -> ofMatrix(f, npy.toString(), matrix)).toList();
  }

  private static <T> T named(String option, Supplier<T> named) {
    try {
      return named.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }

  /** What is read back of a matrix. */
  private Restoration restoration(MatrixFormat format, double[] x, int rows, int columns) {
    Treatment treatment = restoration.of(seed);
    String option = treatment.name().equals("noise") ? "--noise" : "--rounding";
    return named(option, () -> format.on(x, rows, columns, treatment));
  }

  private List<Object> ofMatrix(MatrixFormat format, String name, NpyFile.Matrix matrix) {
    Restoration restored = restoration(format, matrix.values(), matrix.rows(), matrix.columns());
    TensorError error =
        TensorError.of(format.shape(), restored, matrix.values(), matrix.rows(), matrix.columns());
    double bits = format.bitsPerElement(matrix.rows(), matrix.columns());
    List<Object> row = row(format, name, "", matrix.rows(), matrix.columns(), bits, error.qsnr());
    if (statistics) {
      row.addAll(statistics(error));
    }
    return row;
  }

  private static List<Object> statistics(TensorError error) {
    List<Object> cells = new ArrayList<>();
    cells.add(significant(error.bias()));
    cells.add(significant(error.rootMeanSquare()));
    cells.add(significant(error.largest()));
    cells.add(significant(error.flushed()));
    if (error.blocks().isEmpty()) {
      while (cells.size() < STATISTICS.size()) {
        cells.add("");
      }
      return cells;
    }
    TensorError.Blocks blocks = error.blocks().get();
    Quartiles crest = blocks.crest();
    Quartiles qsnr = blocks.decibels();
    cells.add(blocks.count());
    Stream.of(crest.median(), crest.third()).map(QsnrCommand::rounded).forEach(cells::add);
    Stream.of(qsnr.least(), qsnr.first(), qsnr.median(), qsnr.third())
        .map(QsnrCommand::rounded)
        .forEach(cells::add);
    return cells;
  }

  private Stream<List<Object>> ofModel(MatrixFormat format, Model loaded) {
    if (!(format instanceof MatrixFormat.Given)) {
      throw new InputException(
          "--format", "what is learnt is learnt from one matrix, not a network: " + format.name());
    }
    Restoration restored = restoration(format, new double[0], 0, 0);
    try (TerminalProgress progress = new TerminalProgress("float run")) {
      List<TensorQsnr> tensors =
          NetworkQsnr.of(loaded, network.data(loaded, true), format.shape(), restored, progress);
      return tensors.stream().map(t -> row(format, t));
    }
  }

  private static List<Object> row(MatrixFormat format, TensorQsnr tensor) {
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
      MatrixFormat format,
      String name,
      String operand,
      int rows,
      int columns,
      double bits,
      Metric qsnr) {
    return new ArrayList<>(
        List.of(
            format.name(),
            name,
            operand,
            rows,
            columns,
            rounded(bits),
            rounded(qsnr.value()),
            rounded(qsnr.standardError())));
  }

  /** To four decimals; what is not finite stays, and an unknown standard error is an empty cell. */
  private static Object rounded(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value) ? value : Math.round(value * 1e4) / 1e4;
  }

  private static double significant(double value) {
    return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
  }
}
