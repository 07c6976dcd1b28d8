package macroscope.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.CountingArithmetic;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Quantization;
import macroscope.accuracy.Requantization;
import macroscope.accuracy.RequantizingArithmetic;
import macroscope.calibrate.Calibration;
import macroscope.input.InputException;
import macroscope.report.LayerProfileReport;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LookupCounter;
import macroscope.unit.LookupCounts;
import macroscope.unit.LossCounter;
import macroscope.unit.Losses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: what a network still achieves under a quantization, on a unit. */
@Command(
    name = "evaluate",
    description = {
      "Runs a network with every linear layer quantized and computed by a unit, bit for bit,",
      "and compares it with the float run on the same data."
    },
    footer = {
      "",
      "A scheme is format:granularity[:rule], for example int4:group32, e4m3fn:channel,"
          + " int8:token,",
      "or a block format (mxfp4, nvfp4); fp32 leaves a side as it is. The unit 'exact' accumulates"
          + " in",
      "double precision: the reference that separates the error of formats from that of datapaths.",
      "Standard errors are those of independent images, or of independent windows of text.",
      "",
      "Examples:",
      "  macroscope evaluate --model mnist-mlp --weights int4:channel --activations int8:token",
      "  macroscope evaluate --model mnist-cnn --weights e4m3fn:channel --activations e4m3fn:token"
          + " \\",
      "      --unit nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --limit 1000",
      "  macroscope evaluate --model kjv-gpt --weights int4:group64 --calibrate gptq",
      "  macroscope evaluate --model kjv-gpt --weights mxfp4 --activations mxfp4 --norms bfloat16 \\",
      "      --layer 'head*=mxfp8_e4m3' --layers reports/runs/layers"
    })
final class EvaluateCommand implements Runnable {

  private static final String LOSSES = "fused and block-scaled dot products and integer arrays";
  private static final String LOOKUPS = "units of the family sram_table, as sail,";

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;
  @Mixin private CalibrationOptions calibration;
  @Mixin private ResultOptions results;
  @Mixin private LayerOptions layers;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "mnist-mlp, mnist-cnn, kjv-gpt, kjv-gpt-outlier or an ONNX file.")
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
      names = "--unit",
      paramLabel = "U",
      defaultValue = "exact",
      description = {
        "exact, a unit that 'macroscope units' lists, or family:key=value,...",
        "(default: ${DEFAULT-VALUE})."
      })
  private String unit;

  @Option(
      names = "--attention",
      description = "Also quantize products of two activations and run them through the unit.")
  private boolean attention;

  @Option(
      names = "--requantize",
      paramLabel = "FORMAT[:ROUNDING[:BITS]]",
      description = {
        "Bring the integer sums of every product to integers by a dyadic multiplier of so many"
            + " bits",
        "for each channel (HAWQ-V3), as int8, int8:half_up:31; the activations must have one scale."
      })
  private Optional<String> requantize = Optional.empty();

  @Option(
      names = "--count-losses",
      description = {
        "Also count, layer by layer, the terms that the unit cuts, its overflows and saturations;",
        "slower, in plain Java."
      })
  private boolean countLosses;

  @Option(
      names = "--count-lookups",
      description = {
        "Also count, layer by layer, the lookups of a unit of SRAM tables that read nothing"
            + " because",
        "their pattern is empty or came back, and the cycles that follow."
      })
  private boolean countLookups;

  @Option(
      names = "--energy",
      paramLabel = "T",
      description = {
        "Also tell, layer by layer, the unit's energy of a multiply-accumulate in this technology as",
        "the bits toggle on the first two samples, in output-stationary order."
      })
  private Optional<String> technology = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the results do not depend on it (default: all cores).")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public void run() {
    long start = System.nanoTime();
    Quantization uniform = quantization();
    calibration.pipeline();
    Model loaded = Model.load(model);
    Dataset data = network.data(loaded, false);
    requireOneArithmetic();
    Quantization asked =
        uniform
            .withResults(results.formats(loaded.graph()))
            .withOverrides(layers.overrides(loaded.graph(), attention));
    layers.check(asked);
    Quantization planned = calibrated(asked, loaded, data);
    Calibration learnt = calibration.run(loaded, planned, network, workers());
    Quantization quantization = learnt.on(planned);
    Optional<CountingArithmetic<Losses>> losses =
        countLosses
            ? Optional.of(
                counting(
                    "--count-losses",
                    LOSSES,
                    () -> new CountingArithmetic<>(quantization, LossCounter::new)))
            : Optional.empty();
    Optional<CountingArithmetic<LookupCounts>> lookups =
        countLookups
            ? Optional.of(
                counting(
                    "--count-lookups",
                    LOOKUPS,
                    () -> new CountingArithmetic<>(quantization, LookupCounter::new)))
            : Optional.empty();
    Arithmetic arithmetic =
        requantize
            .map(text -> requantizing(quantization, text))
            .or(() -> losses.map(c -> c))
            .or(() -> lookups.map(c -> c))
            .map(quantization::arithmetic)
            .orElseGet(quantization::arithmetic);
    AccuracyResult result = evaluate(loaded, data, learnt.around(arithmetic));
    Optional<LayerProfileReport> profile =
        layers.write(
            loaded,
            data,
            learnt.around(
                requantize
                    .map(text -> quantization.arithmetic(requantizing(quantization, text)))
                    .orElseGet(quantization::arithmetic)),
            quantization,
            learnt,
            workers());
    List<LayerEnergy> energies =
        technology.map(name -> LayerEnergy.of(name, quantization, loaded, data)).orElse(List.of());
    double seconds = (System.nanoTime() - start) * 1e-9;
    EvaluationOutput output =
        new EvaluationOutput(
            loaded,
            data,
            quantization,
            unit,
            result,
            losses.map(CountingArithmetic::counts).orElse(List.of()),
            lookups.map(CountingArithmetic::counts).orElse(List.of()),
            energies,
            profile.map(LayerProfileReport::listing));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? output.json(seconds) : output.text(seconds));
    out.flush();
  }

  private void requireOneArithmetic() {
    if (countLosses && countLookups) {
      throw new InputException("--count-lookups", "must not be given with --count-losses");
    }
    boolean counts = countLosses || countLookups;
    if (requantize.isPresent() && counts) {
      throw new InputException("--requantize", "must not be given with counting");
    }
    if (layers.overrides() && (requantize.isPresent() || counts || technology.isPresent())) {
      throw new InputException(
          "--layer",
          "must not be given with --requantize, --count-losses, --count-lookups or --energy, which"
              + " know one unit");
    }
  }

  private static Arithmetic requantizing(Quantization quantization, String text) {
    try {
      return new RequantizingArithmetic(quantization, Requantization.parse(text));
    } catch (IllegalArgumentException e) {
      throw new InputException("--requantize", String.valueOf(e.getMessage()), e);
    }
  }

  private Quantization quantization() {
    TensorFormat inputs = Schemes.parse("--activations", activations);
    Optional<DotProductUnit<?>> datapath =
        unit.equals("exact") ? Optional.empty() : Optional.of(UnitArgument.resolve("--unit", unit));
    try {
      return new Quantization(
          Schemes.parse("--weights", weights), inputs, datapath, attention, results.softmax());
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException("--attention", String.valueOf(e.getMessage()), e);
    }
  }

  private static Quantization calibrated(Quantization asked, Model loaded, Dataset data) {
    try {
      return asked.calibrated(loaded, data);
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException("--activations", String.valueOf(e.getMessage()), e);
    }
  }

  private static <T> CountingArithmetic<T> counting(
      String option, String families, Supplier<CountingArithmetic<T>> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(option, e.getMessage() + "; " + families + " do", e);
    }
  }

  private int workers() {
    int workers = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (workers < 1 || workers > 1024) {
      throw new InputException("--threads", "must be 1..1024: " + workers);
    }
    return workers;
  }

  private AccuracyResult evaluate(Model loaded, Dataset data, Arithmetic arithmetic) {
    int workers = workers();
    try (TerminalProgress progress = new TerminalProgress("float run")) {
      Baseline baseline = Baseline.of(loaded, data, workers, progress);
      progress.next(String.format(Locale.ROOT, "%s run", unit));
      return new NetworkEvaluator(baseline).evaluate(arithmetic, workers, progress);
    }
  }
}
