package macroscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.LayerOverrides;
import macroscope.accuracy.LayerProfile;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.Calibration;
import macroscope.config.LayerTexts;
import macroscope.input.InputException;
import macroscope.input.OutputFolder;
import macroscope.onnx.Graph;
import macroscope.report.ChartFiles;
import macroscope.report.ChartStyle;
import macroscope.report.LayerProfileReport;
import picocli.CommandLine.Option;

/** What single layers have of their own, and what each of them loses. */
final class LayerOptions {

  @Option(
      names = "--layer",
      paramLabel = "GLOB=WEIGHTS,ACTIVATIONS[@UNIT]",
      description = {
        "Formats and unit of the layers of these names, as 'head=fp16,fp16@exact', '*/fc2=@exact' or",
        "'head=float'; later ones win. May stand several times."
      })
  private List<String> layers = List.of();

  @Option(
      names = "--layers",
      paramLabel = "DIR",
      description = {
        "Write what each layer loses, alone and with all before it, to layers.csv, layers.svg and",
        "layers.png there."
      })
  private Optional<Path> profile = Optional.empty();

  @Option(
      names = "--layer-samples",
      paramLabel = "N",
      defaultValue = "16",
      description = "Samples that --layers looks at, the first ones (default: ${DEFAULT-VALUE}).")
  private int samples;

  /** Whether single layers have something of their own. */
  boolean overrides() {
    return !layers.isEmpty();
  }

  /** What single layers of a network have of their own. */
  LayerOverrides overrides(Graph graph, boolean attention) {
    try {
      LayerOverrides all = LayerTexts.all(layers);
      all.requireMatches("--layer", graph, attention);
      return all;
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException("--layer", String.valueOf(e.getMessage()), e);
    }
  }

  /** Refuses what cannot be profiled, before anything runs. */
  void check(Quantization quantization) {
    if (samples < 2) {
      throw new InputException("--layer-samples", "must be at least 2: " + samples);
    }
    if (profile.isPresent() && quantization.isFloat()) {
      throw new InputException("--layers", "nothing is lost in float: a format is needed");
    }
  }

  /** Writes the profile, if it is asked for. */
  Optional<LayerProfileReport> write(
      Model model,
      Dataset data,
      Arithmetic judged,
      Quantization quantization,
      Calibration learnt,
      int threads) {
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    Dataset some = data.first(Math.min(samples, data.size()));
    try (TerminalProgress progress = new TerminalProgress("layers")) {
      List<LayerProfile> rows =
          LayerProfile.of(
              model, some, judged, learnt.view(quantization), quantization, threads, progress);
      String what = quantization.title(some.size(), data.name());
      LayerProfileReport report =
          new LayerProfileReport("What the layers of " + model.name() + " lose", what, rows);
      write(report, profile.get());
      return Optional.of(report);
    }
  }

  private static void write(LayerProfileReport report, Path folder) {
    ChartFiles charts = new ChartFiles(ChartStyle.paper());
    OutputFolder files = new OutputFolder(folder).with("layers.csv", report.listing().csv());
    report.chart().ifPresent(chart -> charts.add(files, "layers", chart));
    files.write();
  }
}
