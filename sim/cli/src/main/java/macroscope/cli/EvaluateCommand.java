package macroscope.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.AttentionSoftmax;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.CountingArithmetic;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.LayerLosses;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Quantization;
import macroscope.input.InputException;
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
      "      --unit nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --limit 1000"
    })
final class EvaluateCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

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
      names = "--softmax",
      paramLabel = "S",
      defaultValue = "real",
      description = {
        "real, or on integers: shiftmax8, shiftmax16 (I-ViT), two_pass, three_pass (base 2)",
        "(default: ${DEFAULT-VALUE})."
      })
  private String softmax;

  @Option(
      names = "--count-losses",
      description = {
        "Also count, layer by layer, the terms that the unit cuts, its overflows and saturations;",
        "slower, in plain Java."
      })
  private boolean countLosses;

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
    Quantization quantization =
        new Quantization(
            Schemes.parse("--weights", weights),
            Schemes.parse("--activations", activations),
            unit.equals("exact")
                ? Optional.empty()
                : Optional.of(UnitArgument.resolve("--unit", unit)),
            attention,
            softmax());
    Model loaded = Model.load(model);
    Dataset data = network.data(loaded, false);
    Optional<CountingArithmetic> counting =
        countLosses ? Optional.of(counting(quantization)) : Optional.empty();
    Arithmetic arithmetic =
        counting.map(c -> quantization.arithmetic(c)).orElseGet(quantization::arithmetic);
    AccuracyResult result = evaluate(loaded, data, arithmetic);
    List<LayerLosses> losses = counting.map(CountingArithmetic::losses).orElse(List.of());
    double seconds = (System.nanoTime() - start) * 1e-9;
    EvaluationOutput output =
        new EvaluationOutput(loaded, data, quantization, unit, result, losses);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? output.json(seconds) : output.text(seconds));
    out.flush();
  }

  private AttentionSoftmax softmax() {
    return Stream.of(AttentionSoftmax.values())
        .filter(one -> one.name().equalsIgnoreCase(softmax))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--softmax", "must be one of " + AttentionSoftmax.names() + ": " + softmax));
  }

  private static CountingArithmetic counting(Quantization quantization) {
    try {
      return new CountingArithmetic(quantization);
    } catch (IllegalArgumentException e) {
      throw new InputException("--count-losses", String.valueOf(e.getMessage()), e);
    }
  }

  private AccuracyResult evaluate(Model loaded, Dataset data, Arithmetic arithmetic) {
    int workers = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (workers < 1 || workers > 1024) {
      throw new InputException("--threads", "must be 1..1024: " + workers);
    }
    try (TerminalProgress progress = new TerminalProgress("float run")) {
      Baseline baseline = Baseline.of(loaded, data, workers, progress);
      progress.next(String.format(Locale.ROOT, "%s run", unit));
      return new NetworkEvaluator(baseline).evaluate(arithmetic, workers, progress);
    }
  }
}
