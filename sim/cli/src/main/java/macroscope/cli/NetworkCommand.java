package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.GpuFile;
import macroscope.config.LanguageModelFile;
import macroscope.config.LayerMachines;
import macroscope.config.MachineCatalogue;
import macroscope.config.MachineKind;
import macroscope.config.Names;
import macroscope.fpga.Accelerator;
import macroscope.input.InputException;
import macroscope.input.OutputFolder;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.network.AttentionKernels;
import macroscope.machine.network.ModelOnLayers;
import macroscope.machine.network.NetworkOnGpu;
import macroscope.machine.network.NetworkResult;
import macroscope.onnx.FreeAxes;
import macroscope.report.ChartFiles;
import macroscope.report.ChartStyle;
import macroscope.report.Listing;
import macroscope.report.NetworkReport;
import macroscope.workload.LanguageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code network}: a language model's inference or a network's graph on a machine. */
@Command(
    name = "network",
    description = {
      "Time, tokens or samples a second, memory, energy and what bounds them, of a",
      "phase of a language model's inference or of a network's graph (a built-in",
      "network or an ONNX file), kernel after kernel, on a machine of any kind.",
      "--json prints all of it as one object, --csv one figure a row; --out writes",
      "summary.json, summary.csv, bounds.csv, energy.csv, kernels.csv, a roofline (PNG,",
      "SVG) and trace.json in the Chrome trace-event format, which Perfetto opens."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope network --model llama-3-8b --machine a100 --decode --batch 16 \\",
      "      --context 4096 --weights int4:group128 --cache int4:token \\",
      "      --out reports/runs/llama",
      "  macroscope network --model mixtral-8x7b --machine h100 --context 8192 \\",
      "      --activations e4m3fn:token",
      "  macroscope network --model llama-3-70b --machine a100 --gpus 4 --decode",
      "  macroscope network --model bitnet-3b --machine rpi5 --cores 2 --decode \\",
      "      --weights int2:channel --output-weights fp16",
      "  macroscope network --model minilm --machine a100 --batch 8 --length 128",
      "  macroscope network --model mnist-cnn --machine eyeriss --batch 4 \\",
      "      --activations int8:tensor"
    })
final class NetworkCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;
  @Mixin private ModelOptions options;

  @Option(
      names = "--machine",
      required = true,
      paramLabel = "M",
      description = "A machine of configs/machines or a file.")
  private String machineName;

  @Option(names = "--decode", description = "One more token a sequence (default: the prompt).")
  private boolean decode;

  @Option(
      names = "--attention",
      paramLabel = "F",
      description = "Format of products in attention (default: that of activations).")
  private Optional<String> attention = Optional.empty();

  @Option(
      names = "--gpus",
      paramLabel = "N",
      defaultValue = "1",
      description = "GPUs of a node that share heads and sizes (default: ${DEFAULT-VALUE}).")
  private int gpus;

  @Option(
      names = "--cores",
      paramLabel = "N",
      defaultValue = "1",
      description = "Cores of a processor that share rows (default: ${DEFAULT-VALUE}).")
  private int cores;

  @Option(
      names = "--attention-kernels",
      paramLabel = "K",
      defaultValue = "flash",
      description = {
        "On GPUs: flash, or products and a softmax that reads scores two-passes or three-passes"
            + " (default: ${DEFAULT-VALUE})."
      })
  private String attentionKernels;

  @Option(
      names = "--wide-share",
      paramLabel = "P",
      defaultValue = "0",
      description = {
        "Part of the channels whose activations are int8 beside --activations int4 (COMET;"
            + " default: ${DEFAULT-VALUE})."
      })
  private double wideShare;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Length of a graph's open axes but the batch: tokens of a sequence.")
  private Optional<Integer> length = Optional.empty();

  @Option(
      names = "--axis",
      paramLabel = "NAME=N",
      description = "Length of one open axis of a graph, by its name in the file.")
  private Map<String, Integer> axes = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "DIR", description = "Write files to this folder.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    Path machine = MachineCatalogue.path(machineName);
    MachineKind kind = MachineKind.of(machine);
    requireKnown();
    if (kind != MachineKind.GPU) {
      refuse("--gpus", gpus != 1, "a machine of kind gpu");
      refuse("--attention-kernels", !attentionKernels.equals("flash"), "a machine of kind gpu");
      refuse("--wide-share", wideShare != 0, "a machine of kind gpu");
    }
    boolean graph = GraphNetwork.named(options.model());
    refuse("--cores", cores != 1 && kind != MachineKind.CPU, "a machine of kind cpu");
    Map<String, Listing> more = new LinkedHashMap<>();
    NetworkResult result =
        (graph ? graph(machine, kind, more) : shape(machine, kind)).with(settings(graph, kind));
    List<NetworkReport.PriceOfWork> prices = prices(machine, kind);
    NetworkReport report = new NetworkReport(result, prices, more);
    if (out.isPresent()) {
      write(report, out.get());
    }
    print(report, new NetworkText(result, prices), more);
    return 0;
  }

  /** What was asked for beside network, machine, batch and context. */
  private Map<String, String> settings(boolean graph, MachineKind kind) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (graph) {
      settings.put("weights", options.weights());
      settings.put("activations", options.activations());
      length.ifPresent(tokens -> settings.put("length", String.valueOf(tokens)));
      axes.forEach((axis, size) -> settings.put("axis_" + axis, String.valueOf(size)));
    } else {
      settings.putAll(options.settings(attention));
    }
    if (kind == MachineKind.CPU) {
      settings.put("cores", String.valueOf(cores));
    }
    if (kind == MachineKind.GPU && !graph) {
      settings.put("attention_kernels", attentionKernels);
    }
    if (wideShare > 0) {
      settings.put("wide_share", String.valueOf(wideShare));
    }
    return settings;
  }

  /** A path, or a name of a shape or a network. */
  private void requireKnown() {
    List<String> names = new ArrayList<>(LanguageModelFile.shipped().names());
    names.addAll(GraphNetwork.names());
    String model = options.model();
    if (!model.endsWith(".yaml") && !model.endsWith(".onnx") && !names.contains(model)) {
      throw new InputException(
          "--model",
          "must be a shape or a network that there is, or a path ending in .yaml or .onnx: "
              + model
              + Names.hint(model, names));
    }
  }

  private void refuse(String option, boolean given, String needs) {
    if (given) {
      throw new InputException(
          option, "needs " + needs + ": " + options.model() + " on " + machineName);
    }
  }

  private NetworkResult shape(Path machine, MachineKind kind) {
    refuse("--length", length.isPresent(), "a graph; tokens of a shape are --context");
    refuse("--axis", !axes.isEmpty(), "a graph");
    refuse(
        "--machine",
        kind == MachineKind.FOLDED,
        "a graph for a folded device, as --model mnist-mlp");
    LanguageModel model = LanguageModelFile.find(options.model());
    ModelFormats formats = options.formats(attention);
    if (kind == MachineKind.GPU) {
      Gpu gpu = GpuFile.read(machine).gpu();
      return NetworkResult.of(
          new NetworkOnGpu(
                  gpu, gpus, formats.precision(model, options.cacheInputs()), kernels(), wideShare)
              .estimate(model, options.phase(decode, model)));
    }
    return ModelOnLayers.estimate(
        LayerMachines.read(machine, cores),
        formats.layers(model, options.cacheInputs()),
        model,
        options.phase(decode, model));
  }

  /** A graph has its own shapes: what says more of a language model's phase does not go with it. */
  private NetworkResult graph(Path machine, MachineKind kind, Map<String, Listing> more) {
    String needs = "a shape of configs/workloads";
    refuse("--decode", decode, needs);
    refuse("--attention", attention.isPresent(), needs);
    refuse("--gpus", gpus != 1, needs);
    refuse("--attention-kernels", !attentionKernels.equals("flash"), needs);
    refuse("--wide-share", wideShare != 0, needs);
    options.ofPhase().ifPresent(option -> refuse(option, true, needs));
    GraphNetwork network =
        new GraphNetwork(
            options.model(),
            machine,
            ModelFormats.format("--activations", options.activations()),
            ModelFormats.format("--weights", options.weights()));
    FreeAxes bound = new FreeAxes(options.batch(), length, axes);
    if (kind != MachineKind.FOLDED) {
      return network.estimate(bound, cores);
    }
    Accelerator accelerator = network.folded();
    more.put("folding", FoldCommand.listing(accelerator));
    return network.estimate(accelerator, bound.batch());
  }

  private AttentionKernels kernels() {
    return AttentionKernels.find(attentionKernels)
        .orElseThrow(
            () ->
                new InputException(
                    "--attention-kernels",
                    "must be flash, two-passes or three-passes: " + attentionKernels));
  }

  private static List<NetworkReport.PriceOfWork> prices(Path machine, MachineKind kind) {
    return kind != MachineKind.GPU
        ? List.of()
        : GpuFile.read(machine).numbers().stream()
            .filter(number -> number.name().startsWith("energy."))
            .map(
                number ->
                    new NetworkReport.PriceOfWork(
                        number.name().substring("energy.".length()),
                        number.number().value(),
                        number
                            .number()
                            .provenance()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' '),
                        number.citation()))
            .toList();
  }

  private void print(NetworkReport report, NetworkText text, Map<String, Listing> more) {
    PrintWriter writer = spec.commandLine().getOut();
    if (style.json()) {
      writer.print(report.json());
    } else if (style.csv()) {
      writer.print(report.figures().csv());
    } else {
      text.print(writer);
      report.withoutRoofline().ifPresent(why -> writer.println(why + "\n"));
      writer.print(report.kernels().table());
      text.printPrices(writer);
      more.values().forEach(listing -> writer.print("\n" + listing.table()));
    }
    writer.flush();
  }

  private static void write(NetworkReport report, Path path) {
    OutputFolder folder = new OutputFolder(path).with("summary.json", report.json());
    report
        .tables()
        .forEach(
            (name, table) -> {
              if (!table.rows().isEmpty()) {
                folder.with(name + ".csv", table.csv());
              }
            });
    folder.with("trace.json", report.trace());
    ChartFiles charts = new ChartFiles(ChartStyle.paper());
    report.roofline().ifPresent(chart -> charts.add(folder, "roofline", chart));
    folder.write();
  }
}
