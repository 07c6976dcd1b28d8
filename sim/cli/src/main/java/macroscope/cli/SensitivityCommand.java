package macroscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.Sensitivity;
import macroscope.input.InputException;
import macroscope.input.OutputFolder;
import macroscope.report.ChartFiles;
import macroscope.report.ChartStyle;
import macroscope.report.SensitivityReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sensitivity}: which layers of a network mind being quantized. */
@Command(
    name = "sensitivity",
    description = {
      "Quantizes the linear layers of a network one at a time, and tells what each adds to the loss;",
      "beside it the trace of the loss's Hessian by the layer's weights (Hutchinson, finite",
      "differences) and HAWQ-V2's measure, mean curvature times squared error of the weights."
    },
    footer = {
      "",
      "Example:",
      "  macroscope sensitivity --model kjv-gpt --weights int4:channel --limit 16 --out reports/runs/s"
    })
final class SensitivityCommand implements Runnable {
  private static final int MOST_VECTORS = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;
  @Mixin private NetworkOptions network;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A built-in model or an ONNX file.")
  private String model;

  @Option(
      names = "--weights",
      paramLabel = "SCHEME",
      defaultValue = "fp32",
      description = "Format of the weights (default: ${DEFAULT-VALUE}).")
  private String weights;

  @Option(
      names = "--activations",
      paramLabel = "SCHEME",
      defaultValue = "fp32",
      description = "Format of the inputs of linear layers (default: ${DEFAULT-VALUE}).")
  private String activations;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      defaultValue = "4",
      description = "Random vectors for each trace (default: ${DEFAULT-VALUE}).")
  private int vectors;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the random vectors (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also write sensitivity.csv, sensitivity.svg and sensitivity.png.")
  private Optional<Path> out = Optional.empty();

  @Override
  public void run() {
    if (vectors < 1 || vectors > MOST_VECTORS) {
      throw new InputException("--vectors", "must be 1.." + MOST_VECTORS + ": " + vectors);
    }
    Quantization quantization =
        new Quantization(
            Schemes.parse("--weights", weights),
            Schemes.parse("--activations", activations),
            Optional.empty(),
            false);
    if (Quantization.isPlain(quantization.weights())
        && Quantization.isPlain(quantization.activations())) {
      throw new InputException("--weights", "a format must be given for either side");
    }
    Model loaded = Model.load(model);
    Dataset data = network.data(loaded, true);
    SensitivityReport report = report(loaded, data, quantization.calibrated(loaded, data));
    out.ifPresent(folder -> write(report, folder));
    style.print(report.listing(), spec.commandLine().getOut());
  }

  private SensitivityReport report(Model loaded, Dataset data, Quantization quantization) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (TerminalProgress progress = new TerminalProgress("float run")) {
      Baseline baseline = Baseline.of(loaded, data, threads, progress);
      progress.next("layers");
      List<Sensitivity.Layer> layers =
          new Sensitivity(baseline, quantization, threads).layers(vectors, seed, progress);
      String what = quantization.title(data.size(), data.name());
      return new SensitivityReport("Sensitivity of " + loaded.name(), what, layers);
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException("--weights", String.valueOf(e.getMessage()), e);
    }
  }

  private static void write(SensitivityReport report, Path folder) {
    ChartFiles charts = new ChartFiles(ChartStyle.paper());
    OutputFolder files = new OutputFolder(folder).with("sensitivity.csv", report.listing().csv());
    charts.add(files, "sensitivity", report.chart());
    files.write();
  }
}
