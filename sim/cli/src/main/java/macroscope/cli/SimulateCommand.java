package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.config.ClusterFile;
import macroscope.config.CpuFile;
import macroscope.config.FormatFile;
import macroscope.config.GpuFile;
import macroscope.config.LookupSlicesFile;
import macroscope.config.MachineCatalogue;
import macroscope.config.MachineKind;
import macroscope.config.RowStationaryFile;
import macroscope.config.TileMatrixFile;
import macroscope.input.InputException;
import macroscope.input.OutputFolder;
import macroscope.machine.cluster.CoreCluster;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.lookup.LookupSlices;
import macroscope.machine.rowstationary.RowStationaryArray;
import macroscope.machine.stepped.ArrayEstimate;
import macroscope.machine.tile.TileMatrixCore;
import macroscope.report.ChartFiles;
import macroscope.report.ChartStyle;
import macroscope.report.ProductReport;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: one matrix product on a machine of any kind. */
@Command(
    name = "simulate",
    description = {
      "Cycles and what they go to, utilisation, bytes and energy of each memory, of one matrix",
      "product on a machine. With --out also as CSV, with a roofline (PNG, SVG) and a trace.",
      "Array: without --unit each unit multiplies and accumulates one product a cycle.",
      "GPU: the fastest tile of its kernel library is taken; weights of a narrower format are",
      "dequantized in the kernel, and results have 16 bits. Processor core: its fastest kernel for",
      "these formats is taken, once for each row of activations. Other kinds: time and its bound."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope simulate --machine systolic-16x16-ws --gemm 128x256x512 \\",
      "      --unit nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 \\",
      "      --a e4m3fn:token --b e4m3fn:channel",
      "  macroscope simulate --machine tpu-like-128x128-hbm --gemm 64x1024x1024 \\",
      "      --tile search --out reports/runs/product",
      "  macroscope simulate --machine a100 --gemm 4096x4096x4096 --a fp16 --b fp16",
      "  macroscope simulate --machine rpi5 --gemm 1x4096x4096 --b int2:group128"
    })
final class SimulateCommand implements Callable<Integer> {

  private static final Pattern SHAPE = Pattern.compile("(\\d+)x(\\d+)x(\\d+)");

  /** So that cycles and bytes are exact in a long, whatever the machine. */
  private static final double MOST_MACS = 0x1p52;

  private static final int MOST_DIGITS = 9;

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Option(
      names = "--machine",
      required = true,
      paramLabel = "M",
      description = "A machine of configs/machines or a file.")
  private String machineName;

  @Option(
      names = "--gemm",
      required = true,
      paramLabel = "MxNxK",
      description = "M x K activations by K x N weights.")
  private String shape;

  @Option(
      names = "--a",
      paramLabel = "F",
      description = {
        "Format of the activations (default: int8:tensor, fp16 on a machine that does not multiply it)."
      })
  private Optional<String> a = Optional.empty();

  @Option(
      names = "--b",
      paramLabel = "F",
      description = {
        "Format of the weights (default: int8:channel; int4:group128 on cores without such a kernel, else"
            + " fp16)."
      })
  private Optional<String> b = Optional.empty();

  @Mixin private ArrayOptions array;

  @Option(
      names = "--kernel",
      paramLabel = "K",
      description = {
        "Kernel of a processor core: t-mac, t-mac-fast (bytes averaged) or a baseline's name (default:",
        "the fastest without averages)."
      })
  private Optional<String> kernel = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write causes.csv, memories.csv, roofline.png, roofline.svg, trace.json there.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write what is busy when as a Chrome trace (JSON), which Perfetto opens.")
  private Optional<Path> trace = Optional.empty();

  @Override
  public Integer call() throws IOException {
    MachineKind kind = MachineKind.of(MachineCatalogue.path(machineName));
    if (kind != MachineKind.SYSTOLIC) {
      array.refuse(kind);
    }
    if (kind != MachineKind.CPU && kernel.isPresent()) {
      throw new InputException("--kernel", "must be of a machine of kind cpu: " + machineName);
    }
    Gemm gemm = gemm();
    Path file = MachineCatalogue.path(machineName);
    ProductFormats defaults = ProductFormats.of(kind, file);
    TensorFormat left = format("--a", a.orElse(defaults.a()));
    TensorFormat right = format("--b", b.orElse(defaults.b()));
    PrintWriter writer = spec.commandLine().getOut();
    Simulated simulated = simulated(kind, file, left, right, gemm).with(left, right);
    write(simulated.report());
    if (style.csv() || style.json()) {
      style.print(simulated.report().listing(), writer);
    } else {
      new ProductText(simulated.report()).print(writer);
      if (out.isPresent() && simulated.report().trace().isEmpty()) {
        writer.printf(
            "no trace.json: an array without memory has one of at most %d tiles%n",
            ArrayEstimate.MOST_TRACED);
      }
      writer.print(simulated.more());
      writer.flush();
    }
    return simulated.holds() ? 0 : 1;
  }

  private Simulated simulated(
      MachineKind kind, Path file, TensorFormat left, TensorFormat right, Gemm gemm) {
    return switch (kind) {
      case SYSTOLIC -> new ArraySimulation(machineName, array, left, right).of(gemm);
      case GPU -> new GpuSimulation(GpuFile.read(file).gpu(), left, right).of(gemm);
      case CPU -> new CpuSimulation(CpuFile.read(file).core(), left, right, kernel).of(gemm);
      case ROW_STATIONARY -> {
        RowStationaryArray machine = RowStationaryFile.read(file).array();
        yield layer(machine, "row-stationary array", machine.clockMegahertz(), left, right, gemm);
      }
      case TILE_MATRIX -> {
        TileMatrixCore machine = TileMatrixFile.read(file).core();
        yield layer(machine, "matrix unit of a core", machine.clockMegahertz(), left, right, gemm);
      }
      case LOOKUP_SLICES -> {
        LookupSlices machine = LookupSlicesFile.read(file).machine();
        yield layer(machine, "cache slices", machine.clockMegahertz(), left, right, gemm);
      }
      case CLUSTER -> {
        CoreCluster machine = ClusterFile.read(file).cluster();
        yield layer(machine, "cluster of cores", machine.clockMegahertz(), left, right, gemm);
      }
      case FOLDED ->
          throw new InputException(
              "--machine",
              "must do products one by one, not be a folded device: "
                  + machineName
                  + "; network and fold time whole networks on it");
    };
  }

  private static Simulated layer(
      LayerMachine machine,
      String kind,
      double megahertz,
      TensorFormat left,
      TensorFormat right,
      Gemm gemm) {
    return new LayerSimulation(machine, kind, megahertz, left, right).of(gemm);
  }

  private void write(ProductReport report) throws IOException {
    if (trace.isPresent() && report.trace().isEmpty()) {
      throw new InputException(
          "--trace",
          "must be of a machine with memory, or of at most "
              + ArrayEstimate.MOST_TRACED
              + " tiles: "
              + machineName);
    }
    out.ifPresent(path -> write(report, path));
    if (trace.isPresent()) {
      Files.writeString(trace.get(), report.traceJson());
    }
  }

  private static void write(ProductReport report, Path path) {
    OutputFolder folder = new OutputFolder(path);
    folder.with("causes.csv", report.causes().csv());
    folder.with("memories.csv", report.memories().csv());
    if (!report.trace().isEmpty()) {
      folder.with("trace.json", report.traceJson());
    }
    ChartFiles charts = new ChartFiles(ChartStyle.paper());
    report.chart().ifPresent(chart -> charts.add(folder, "roofline", chart));
    folder.write();
  }

  private static TensorFormat format(String option, String scheme) {
    try {
      return FormatFile.catalogue().scheme(scheme);
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }

  private Gemm gemm() {
    Matcher matcher = SHAPE.matcher(shape);
    if (!matcher.matches()) {
      throw new InputException("--gemm", "must be three whole numbers MxNxK: " + shape);
    }
    Gemm gemm =
        new Gemm(
            size("M", matcher.group(1)), size("N", matcher.group(2)), size("K", matcher.group(3)));
    if ((double) gemm.m() * gemm.n() * gemm.k() > MOST_MACS) {
      throw new InputException("--gemm", "M * N * K must be at most 2^52: " + shape);
    }
    return gemm;
  }

  private static int size(String name, String digits) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    if (number.equals("0")) {
      throw new InputException("--gemm", name + " must be at least 1: 0");
    }
    if (number.length() > MOST_DIGITS) {
      throw new InputException("--gemm", name + " must be at most 999999999: " + digits);
    }
    return Integer.parseInt(number);
  }
}
