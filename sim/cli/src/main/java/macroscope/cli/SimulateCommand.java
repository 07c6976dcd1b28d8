package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.config.FormatFile;
import macroscope.config.GpuFile;
import macroscope.config.MachineCatalogue;
import macroscope.config.MachineFile;
import macroscope.config.MachineKind;
import macroscope.config.TechnologyFile;
import macroscope.cost.ActivityPricing;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.Delay;
import macroscope.cost.MissingPriceException;
import macroscope.cost.Price;
import macroscope.hardware.Activity;
import macroscope.hardware.Pipeline;
import macroscope.input.InputException;
import macroscope.machine.EnergyReport;
import macroscope.machine.Machine;
import macroscope.machine.Performance;
import macroscope.machine.StorageBits;
import macroscope.machine.SystolicCycles;
import macroscope.machine.Traffic;
import macroscope.machine.UnitShape;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.TileSchedule;
import macroscope.report.ChromeTrace;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledDatapath;
import macroscope.workload.Gemm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: one matrix product on a machine. */
@Command(
    name = "simulate",
    description = {
      "Cycles, utilisation, traffic and energy of one matrix product on a machine.",
      "Without --unit each unit of an array multiplies and accumulates one product a cycle.",
      "On a GPU the fastest tile of its kernel library is taken; weights of a narrower format are",
      "dequantized in the kernel, and results have 16 bits."
    },
    footer = {
      "",
      "Example:",
      "  macroscope simulate --machine systolic-16x16-ws --gemm 128x256x512 \\",
      "      --unit nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --a e4m3fn:token --b e4m3fn:channel",
      "  macroscope simulate --machine a100 --gemm 4096x4096x4096 --a fp16 --b fp16"
    })
final class SimulateCommand implements Callable<Integer> {

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})x(\\d{1,9})x(\\d{1,9})");

  /** So that cycles and bytes are exact in a long, whatever the machine. */
  private static final double MOST_MACS = 0x1p52;

  /** So that a schedule, one entry a tile, fits the memory. */
  private static final long MOST_TILES = 1 << 20;

  /** The unit of the literature on systolic arrays. */
  private static final UnitShape SIMPLE =
      new UnitShape(1, new Pipeline(List.of("multiply-accumulate"), 1));

  private static final int SIMPLE_ACCUMULATOR_BITS = 32;

  @Spec private CommandSpec spec;

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

  @Option(names = "--unit", paramLabel = "U", description = "A unit of the catalogue (see units).")
  private Optional<String> unit;

  @Option(
      names = "--a",
      paramLabel = "F",
      defaultValue = "int8:tensor",
      description = "Format of the activations (default: ${DEFAULT-VALUE}).")
  private String a;

  @Option(
      names = "--b",
      paramLabel = "F",
      defaultValue = "int8:channel",
      description = "Format of the weights (default: ${DEFAULT-VALUE}).")
  private String b;

  @Option(
      names = "--technology",
      paramLabel = "T",
      defaultValue = "45nm",
      description = "A technology of configs/technologies or a file (default: ${DEFAULT-VALUE}).")
  private String technology;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write tiles and transfers of a machine with memory as a Chrome trace (JSON).")
  private Optional<Path> trace;

  @Option(
      names = "--data",
      paramLabel = "D",
      description = {
        "Count toggling bits on these operands: random, sorted or zeros (normal numbers, those in",
        "ascending order along K, nothing), or A.npy,B.npy, M x K and N x K. Needs --unit. Without",
        "it energies are those of random codes."
      })
  private Optional<String> data = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (data.isPresent() && unit.isEmpty()) {
      throw new InputException("--data", "needs --unit");
    }
    MachineKind kind = MachineKind.of(MachineCatalogue.path(machineName));
    if (kind == MachineKind.GPU) {
      return simulateGpu();
    }
    Machine asked = MachineFile.find(machineName);
    CostModel model = new CostModel(TechnologyFile.find(technology));
    Gemm gemm = gemm();
    TensorFormat left = format("--a", a);
    TensorFormat right = format("--b", b);
    Optional<ScaledDatapath> made = unit.map(name -> datapath(name, left, right));
    UnitShape unitShape = made.map(u -> new UnitShape(u.length(), u.pipeline())).orElse(SIMPLE);
    int accumulatorBits = made.map(u -> u.unit().partialSumBits()).orElse(SIMPLE_ACCUMULATOR_BITS);
    Optional<Delay> delay = made.flatMap(u -> model.delay(asked.placed(u.inventory())));
    Machine machine = delay.map(d -> asked.atMost(d.megahertz())).orElse(asked);
    Performance performance =
        Performance.of(
            machine,
            unitShape,
            g ->
                made.map(u -> StorageBits.of(u.unit().spec(), left, right, accumulatorBits, g))
                    .orElseGet(() -> StorageBits.of(left, right, accumulatorBits, g)),
            List.of(gemm));
    Optional<TileSchedule> schedule = schedule(performance);
    if (trace.isPresent()) {
      Files.writeString(trace.get(), trace(machine, schedule.orElseThrow(this::noMemory)));
    }
    PrintWriter out = spec.commandLine().getOut();
    time(out, performance);
    clock(out, asked, delay);
    bytes(out, performance.steps().get(0));
    schedule.ifPresent(s -> stalls(out, s));
    Optional<Activity> activity =
        data.flatMap(d -> made.map(u -> activity(u, d, gemm, machine, left, right)));
    activity.ifPresent(toggles -> print(out, toggles));
    made.ifPresent(u -> energy(out, performance, model, u, activity));
    out.flush();
    return 0;
  }

  private int simulateGpu() {
    if (trace.isPresent()) {
      throw new InputException("--trace", "must not be given: network writes traces of GPUs");
    }
    if (unit.isPresent()) {
      throw new InputException("--unit", "must not be given: a GPU has its own units");
    }
    Gpu gpu = GpuFile.read(MachineCatalogue.path(machineName)).gpu();
    GpuSimulation simulation = new GpuSimulation(gpu, format("--a", a), format("--b", b));
    simulation.print(gemm(), spec.commandLine().getOut());
    return 0;
  }

  private static Activity activity(
      ScaledDatapath made,
      String data,
      Gemm gemm,
      Machine machine,
      TensorFormat left,
      TensorFormat right) {
    OperandData operands = OperandData.of("--data", data, gemm);
    try {
      return operands.relative(made.unit(), left, right, machine.dataflow().stationary());
    } catch (IllegalArgumentException e) {
      throw new InputException("--data", String.valueOf(e.getMessage()), e);
    }
  }

  private static void print(PrintWriter out, Activity relative) {
    out.printf(Locale.ROOT, "%ntoggles of --data over those of random codes%n");
    row(out, "operands", relative.operands(), "");
    row(out, "products", relative.products(), "");
    row(out, "aligned terms", relative.terms(), "");
    row(out, "accumulators", relative.sums(), "");
  }

  private static TensorFormat format(String option, String scheme) {
    try {
      return FormatFile.catalogue().scheme(scheme);
    } catch (IllegalArgumentException e) {
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }

  private static ScaledDatapath datapath(String name, TensorFormat a, TensorFormat b) {
    DotProductUnit<?> unit = UnitArgument.resolve("--unit", name);
    try {
      return new ScaledDatapath(unit, a, b);
    } catch (IllegalArgumentException e) {
      throw new InputException("--unit", name + ": " + e.getMessage(), e);
    }
  }

  private Gemm gemm() {
    Matcher matcher = SHAPE.matcher(shape);
    if (!matcher.matches()) {
      throw new InputException("--gemm", "must be three whole numbers MxNxK: " + shape);
    }
    try {
      Gemm gemm =
          new Gemm(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      if ((double) gemm.m() * gemm.n() * gemm.k() > MOST_MACS) {
        throw new InputException("--gemm", "M * N * K must be at most 2^52: " + shape);
      }
      return gemm;
    } catch (IllegalArgumentException e) {
      throw new InputException("--gemm", String.valueOf(e.getMessage()), e);
    }
  }

  private InputException noMemory() {
    return new InputException("--trace", "must be of a machine with memory: " + machineName);
  }

  private Optional<TileSchedule> schedule(Performance performance) {
    return MachineFile.findMemory(machineName).map(memory -> schedule(performance, memory));
  }

  private static TileSchedule schedule(Performance performance, MemorySystem memory) {
    Performance.Step step = performance.steps().get(0);
    Machine machine = performance.machine();
    long tiles = new SystolicCycles(machine, performance.unit()).tiles(step.gemm());
    if (tiles > MOST_TILES) {
      throw new InputException("--gemm", "must have at most " + MOST_TILES + " tiles: " + tiles);
    }
    return new TileSchedule(machine, performance.unit(), memory, step.bits(), step.gemm());
  }

  private static void stalls(PrintWriter out, TileSchedule schedule) {
    out.println();
    row(out, "cycles with memory", schedule.cycles(), "");
    schedule.causes().cycles().forEach((cause, count) -> row(out, "  " + cause, count, ""));
  }

  private static String trace(Machine machine, TileSchedule schedule) {
    double cycle = 1 / machine.clockMegahertz();
    return ChromeTrace.json(
        machine.name(),
        schedule.trace().stream()
            .map(
                event ->
                    new ChromeTrace.Event(
                        event.resource(),
                        event.name(),
                        event.start() * cycle,
                        event.duration() * cycle,
                        Map.of()))
            .toList());
  }

  private static void time(PrintWriter out, Performance performance) {
    Machine machine = performance.machine();
    out.printf(
        Locale.ROOT,
        "%s: %d x %d units, %s, %s MHz%n",
        machine.name(),
        machine.rows(),
        machine.columns(),
        machine.dataflow().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        number(machine.clockMegahertz()));
    row(out, "cycles", performance.cycles(), "");
    row(out, "time", performance.seconds() * 1e6, "us");
    row(out, "utilisation", 100 * performance.utilisation(), "%");
    row(out, "multiply-accumulates", performance.macs(), "");
  }

  /** What limits the clock. */
  private static void clock(PrintWriter out, Machine asked, Optional<Delay> delay) {
    delay
        .filter(d -> d.megahertz() < asked.clockMegahertz())
        .ifPresent(
            d ->
                out.printf(
                    Locale.ROOT,
                    "clock lowered from %s MHz: the unit's longest path takes %s ps (%d stages would do)%n",
                    number(asked.clockMegahertz()),
                    number(d.picoseconds()),
                    d.stagesFor(asked.clockMegahertz())));
  }

  private static void bytes(PrintWriter out, Performance.Step step) {
    Traffic traffic = step.traffic();
    double dramA = traffic.dramReadsA() * step.bits().a() / 8;
    double dramB = traffic.dramReadsB() * step.bits().b() / 8;
    double dramOut =
        (traffic.dramReadsOutput() + traffic.dramWritesOutput()) * step.bits().output() / 8;
    out.printf(Locale.ROOT, "%n%-22s %14s %14s%n", "bytes", "SRAM", "DRAM");
    bytes(out, "activations", step.sramBitsA() / 8, dramA);
    bytes(out, "weights", step.sramBitsB() / 8, dramB);
    bytes(out, "results", step.sramBitsOutput() / 8, dramOut);
  }

  private static void bytes(PrintWriter out, String what, double sram, double dram) {
    out.printf(Locale.ROOT, "%-22s %14.0f %14.0f%n", what, sram, dram);
  }

  private static void energy(
      PrintWriter out,
      Performance performance,
      CostModel model,
      ScaledDatapath unit,
      Optional<Activity> activity) {
    out.println();
    try {
      CostReport random = model.energyPerPass(performance.machine().placed(unit.inventory()));
      CostReport pass =
          activity.map(toggles -> ActivityPricing.onData(random, toggles)).orElse(random);
      EnergyReport report = EnergyReport.of(performance, pass, model);
      report
          .unitPicojoulesByRole()
          .forEach(
              (role, pj) ->
                  row(
                      out,
                      role.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                      pj / 1000,
                      "nJ"));
      row(out, "SRAM", report.sramPicojoules() / 1000, "nJ");
      row(out, "DRAM", report.dramPicojoules() / 1000, "nJ");
      row(out, "energy", report.totalPicojoules() / 1000, "nJ");
      row(out, "energy of a product", report.picojoulesPerMac(), "pJ");
      report.memoryPrices().forEach((what, price) -> price(out, what, price));
    } catch (MissingPriceException e) {
      out.println("energy is not available: " + e.getMessage());
    }
  }

  private static void price(PrintWriter out, String what, Price price) {
    out.printf(Locale.ROOT, "  %s: %s pJ a bit, %s%n", what, number(price.value()), price.source());
  }

  private static void row(PrintWriter out, String what, long value, String unit) {
    out.printf(Locale.ROOT, "%-22s %14d %s%n", what, value, unit);
  }

  private static void row(PrintWriter out, String what, double value, String unit) {
    out.printf(Locale.ROOT, "%-22s %14s %s%n", what, number(value), unit);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
