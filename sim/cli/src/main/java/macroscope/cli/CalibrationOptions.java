package macroscope.cli;

import java.nio.file.Path;
import java.util.Optional;
import macroscope.accuracy.DataFiles;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.Calibration;
import macroscope.calibrate.CalibrationFolder;
import macroscope.calibrate.Calibrator;
import macroscope.calibrate.Pipeline;
import macroscope.input.InputException;
import macroscope.sweep.CodeVersion;
import picocli.CommandLine.Option;

/** How a network is calibrated before it runs quantized. */
final class CalibrationOptions {

  @Option(
      names = "--calibrate",
      paramLabel = "METHODS",
      defaultValue = "none",
      description = {
        "Calibrate first, by methods in order: smoothquant:alpha=0.5,gptq:act_order=true",
        "(docs/calibration.md has all)."
      })
  private String methods;

  @Option(
      names = "--calibration-data",
      paramLabel = "FILE",
      description =
          "As --data, for --calibrate (default: the data that come with a built-in model).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--calibration-samples",
      paramLabel = "N",
      defaultValue = "128",
      description = "Calibrate on the first N samples at most (default: ${DEFAULT-VALUE}).")
  private int samples;

  /** The methods, in order. */
  Pipeline pipeline() {
    try {
      return Pipeline.parse(methods);
    } catch (IllegalArgumentException e) {
      throw new InputException("--calibrate", String.valueOf(e.getMessage()), e);
    }
  }

  /** What the methods find for a network. */
  Calibration run(Model model, Quantization quantization, NetworkOptions network, int threads) {
    Pipeline pipeline = pipeline();
    if (pipeline.stages().isEmpty()) {
      return Calibration.NONE;
    }
    Dataset learnt = data(model, network);
    try {
      return new Calibrator(CalibrationFolder.ofUser(CodeVersion.current()))
          .of(pipeline, model, learnt, quantization, threads);
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException("--calibrate", String.valueOf(e.getMessage()), e);
    }
  }

  private Dataset data(Model model, NetworkOptions network) {
    if (samples < 2) {
      throw new InputException("--calibration-samples", "must be at least 2: " + samples);
    }
    Dataset all = data.map(file -> network.read(model, file)).orElseGet(() -> own(model));
    return all.first(Math.min(samples, all.size()));
  }

  private static Dataset own(Model model) {
    try {
      return DataFiles.own(model, true);
    } catch (IllegalArgumentException e) {
      throw new InputException("--calibration-data", "must be given for a model from a file", e);
    }
  }
}
