package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.GpuFile;
import macroscope.config.LanguageModelFile;
import macroscope.config.MachineCatalogue;
import macroscope.config.MachineNumber;
import macroscope.input.InputException;
import macroscope.input.OutputFolder;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.network.AttentionKernels;
import macroscope.machine.network.NetworkEnergy;
import macroscope.machine.network.NetworkEstimate;
import macroscope.machine.network.NetworkOnGpu;
import macroscope.machine.network.Precision;
import macroscope.report.ChartFiles;
import macroscope.report.ChartStyle;
import macroscope.report.NetworkReport;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code network}: a language model's inference on a machine. */
@Command(
    name = "network",
    description = {
      "Time, tokens a second, memory, energy and what bounds them, of a phase of a language model's"
          + " inference",
      "on GPUs: every kernel with its tile. With --out also kernels.csv, a roofline (PNG, SVG) and",
      "trace.json in the Chrome trace-event format, which Perfetto opens."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope network --model llama-3-8b --machine a100 --decode --batch 16 --context 4096"
          + " \\",
      "      --weights int4:group128 --cache int4:token --out reports/runs/llama",
      "  macroscope network --model mixtral-8x7b --machine h100 --context 8192 --activations"
          + " e4m3fn:token",
      "  macroscope network --model llama-3-70b --machine a100 --gpus 4 --decode --batch 16",
      "  macroscope network --model mnist-cnn --machine eyeriss --batch 4 --activations int8:tensor"
    })
final class NetworkCommand implements Callable<Integer> {

  private static final double GIGABYTE = 1e9;

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = {
        "A shape of configs/workloads or a file; or a network's graph: a built-in network or an ONNX",
        "file, every MatMul, Gemm and Conv of which is timed on a machine of any kind."
      })
  private String modelName;

  @Option(
      names = "--machine",
      required = true,
      paramLabel = "M",
      description = "A machine of configs/machines or a file; a GPU for a shape.")
  private String machineName;

  @Option(names = "--decode", description = "One more token a sequence (default: the prompt).")
  private boolean decode;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Sequences, or samples (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--context",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Tokens of a sequence, new ones included (default: ${DEFAULT-VALUE}).")
  private int context;

  @Option(
      names = "--activations",
      paramLabel = "F",
      defaultValue = "fp16",
      description = "Format of activations, and of products (default: ${DEFAULT-VALUE}).")
  private String activations;

  @Option(
      names = "--attention",
      paramLabel = "F",
      description = "Format of products in attention (default: that of activations).")
  private Optional<String> attention;

  @Option(
      names = "--weights",
      paramLabel = "F",
      description = "Format of weights (default: that of activations).")
  private Optional<String> weights;

  @Option(
      names = "--cache",
      paramLabel = "F",
      description = "Format of keys and values (default: that of activations).")
  private Optional<String> cache;

  @Option(
      names = "--cache-inputs",
      description = "Cache the inputs of attention and make keys and values again (XQuant).")
  private boolean cacheInputs;

  @Option(
      names = "--gpus",
      paramLabel = "N",
      defaultValue = "1",
      description = "GPUs of a node that share heads and sizes (default: ${DEFAULT-VALUE}).")
  private int gpus;

  @Option(
      names = "--attention-kernels",
      paramLabel = "K",
      defaultValue = "flash",
      description = {
        "flash, or products with a softmax between them that reads scores two-passes or",
        "three-passes (default: ${DEFAULT-VALUE})."
      })
  private String attentionKernels;

  @Option(
      names = "--wide-share",
      paramLabel = "P",
      defaultValue = "0",
      description = {
        "Part of the channels whose activations are int8 beside --activations int4 (COMET;",
        "default: ${DEFAULT-VALUE})."
      })
  private double wideShare;

  @Option(names = "--out", paramLabel = "DIR", description = "Write files to this folder.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    if (GraphNetwork.named(modelName)) {
      return graph();
    }
    LanguageModel model = LanguageModelFile.find(modelName);
    Gpu gpu = GpuFile.read(MachineCatalogue.path(machineName)).gpu();
    Inference phase = new Inference(decode, batch, context, cacheInputs);
    NetworkEstimate estimate =
        new NetworkOnGpu(gpu, gpus, precision(model), kernels(), wideShare).estimate(model, phase);
    NetworkReport report = new NetworkReport(estimate);
    if (out.isPresent()) {
      write(report, out.get());
    }
    PrintWriter writer = spec.commandLine().getOut();
    if (!style.csv() && !style.json()) {
      summary(estimate, writer);
      energy(estimate, writer);
    }
    style.print(report.kernels(), writer);
    return 0;
  }

  /** A graph has its own shapes: what says more of a language model's phase does not go with it. */
  private Integer graph() {
    if (decode || cacheInputs || cache.isPresent() || attention.isPresent() || out.isPresent()) {
      throw new InputException(
          "--model",
          "must be a shape of configs/workloads with --decode, --cache, --cache-inputs, --attention and --out: "
              + modelName);
    }
    new GraphNetwork(
            modelName,
            MachineCatalogue.path(machineName),
            ModelFormats.format("--activations", activations),
            ModelFormats.format("--weights", weights.orElse(activations)),
            batch)
        .print(style, spec.commandLine().getOut());
    return 0;
  }

  private AttentionKernels kernels() {
    return AttentionKernels.find(attentionKernels)
        .orElseThrow(
            () ->
                new InputException(
                    "--attention-kernels",
                    "must be flash, two-passes or three-passes: " + attentionKernels));
  }

  private Precision precision(LanguageModel model) {
    return new ModelFormats(
            activations,
            attention.orElse(activations),
            weights.orElse(activations),
            cache.orElse(activations))
        .precision(model, cacheInputs);
  }

  private static void write(NetworkReport report, Path folder) {
    ChartFiles charts = new ChartFiles(ChartStyle.paper());
    new OutputFolder(folder)
        .with("kernels.csv", report.kernels().csv())
        .with("trace.json", report.trace())
        .with("roofline.svg", charts.svg(report.roofline()))
        .with("roofline.png", charts.png(report.roofline()))
        .write();
  }

  private static void summary(NetworkEstimate estimate, PrintWriter out) {
    boolean several = estimate.processors() > 1;
    String each = several ? "GB, each GPU" : "GB";
    row(out, "latency", estimate.seconds() * 1e3, "ms");
    row(out, "tokens a second", estimate.tokensPerSecond(), "");
    row(out, "weights", estimate.weightBytes() / GIGABYTE, each);
    row(out, "cache", estimate.cacheBytes() / GIGABYTE, each);
    row(out, "memory", estimate.gpu().memory().dramBytes() / GIGABYTE, each);
    out.printf("%-22s %12s%n", "fits", estimate.fits() ? "yes" : "no");
    row(out, "moved", estimate.dramBytes() / GIGABYTE, each);
    double peak = 2 * estimate.gpu().peakMacsPerSecond(estimate.precision().type());
    row(out, "part of the peak", 200 * estimate.macs() / estimate.seconds() / peak, "%");
    out.printf("%-22s %12s%n", "bound by", estimate.bound());
    for (Map.Entry<Bound, Double> one : estimate.secondsByBound().entrySet()) {
      row(out, "  " + one.getKey(), 100 * one.getValue() / estimate.seconds(), "%");
    }
  }

  /** By level, or why there is none; then where the prices are from. */
  private void energy(NetworkEstimate estimate, PrintWriter out) {
    try {
      NetworkEnergy energy = NetworkEnergy.of(estimate);
      row(out, "energy", energy.total(), estimate.processors() > 1 ? "J, all GPUs" : "J");
      row(out, "energy of a token", energy.total() / estimate.phase().tokens(), "J");
      row(out, "mean power", energy.total() / estimate.seconds(), "W");
      energy.joules().forEach((level, joules) -> row(out, "  " + level, joules, "J"));
      GpuFile.read(MachineCatalogue.path(machineName)).numbers().stream()
          .filter(number -> number.name().startsWith("energy."))
          .forEach(number -> price(out, number));
    } catch (IllegalArgumentException e) {
      out.println("energy is not available: " + e.getMessage());
    }
    out.println();
  }

  private static void price(PrintWriter out, MachineNumber number) {
    out.printf(
        Locale.ROOT,
        "    %s: %.4g, %s, %s%n",
        number.name().substring("energy.".length()),
        number.number().value(),
        number.number().provenance().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        number.citation());
  }

  private static void row(PrintWriter out, String what, double value, String unit) {
    out.printf(
        Locale.ROOT, "%-22s %12s %s%n", what, String.format(Locale.ROOT, "%.4g", value), unit);
  }
}
