package macroscope.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.MachineFile;
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
import macroscope.machine.Dataflow;
import macroscope.machine.EnergyReport;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.machine.stepped.ArrayEstimate;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.TileSearch;
import macroscope.machine.stepped.Tiling;
import macroscope.report.ProductReport;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledDatapath;
import macroscope.workload.Gemm;

/** A product on an array of units. */
final class ArraySimulation {

  /** So that a schedule, one entry a tile, fits the memory. */
  private static final long MOST_TILES = 1 << 20;

  /** The unit of the literature on systolic arrays. */
  private static final UnitShape SIMPLE =
      new UnitShape(1, new Pipeline(List.of("multiply-accumulate"), 1));

  private static final int SIMPLE_ACCUMULATOR_BITS = 32;

  private final ArrayOptions options;
  private final TensorFormat left;
  private final TensorFormat right;
  private final Machine asked;
  private final Optional<MemorySystem> memory;
  private final CostModel model;
  private final Optional<ScaledDatapath> made;
  private final Optional<Delay> delay;
  private final Machine machine;
  private final UnitShape unit;

  ArraySimulation(String name, ArrayOptions options, TensorFormat left, TensorFormat right) {
    this.options = options;
    this.left = left;
    this.right = right;
    Machine read = MachineFile.find(name);
    this.asked =
        new Machine(
            read.name(),
            read.rows(),
            read.columns(),
            options.dataflow().orElse(read.dataflow()),
            options.drain().orElse(read.drain()),
            read.clockMegahertz(),
            read.sram());
    this.memory = MachineFile.findMemory(name);
    this.model = new CostModel(TechnologyFile.find(options.technology()));
    options.data();
    this.made = options.unit().map(this::datapath);
    this.unit = made.map(u -> new UnitShape(u.length(), u.pipeline())).orElse(SIMPLE);
    this.delay = made.flatMap(u -> model.delay(asked.placed(u.inventory())));
    this.machine = delay.map(d -> asked.atMost(d.megahertz())).orElse(asked);
  }

  private ScaledDatapath datapath(String name) {
    DotProductUnit<?> found = UnitArgument.resolve("--unit", name);
    try {
      return new ScaledDatapath(found, left, right);
    } catch (IllegalArgumentException e) {
      throw new InputException("--unit", name + ": " + e.getMessage(), e);
    }
  }

  Simulated of(Gemm gemm) {
    StorageBits bits = bits(gemm);
    Optional<Tiling> tiling = memory.map(m -> tiling(gemm, m, bits));
    if (memory.isEmpty() && (options.tiled() || options.stepped())) {
      String option = options.tiled() ? "--tile" : "--stepped";
      throw new InputException(option, "must be of a machine with memory: " + machine.name());
    }
    ArrayEstimate estimate = estimate(gemm, bits, tiling);
    StringWriter text = new StringWriter();
    PrintWriter more = new PrintWriter(text);
    clock(more);
    Optional<Activity> activity =
        options.data().flatMap(data -> made.map(u -> activity(u, data, gemm)));
    activity.ifPresent(toggles -> print(more, toggles));
    Optional<EnergyReport> energy = energy(more, estimate, activity);
    boolean holds = true;
    if (options.stepped()) {
      SteppedCheck check =
          SteppedCheck.of(machine, unit, memory.orElseThrow(), tiling.orElseThrow(), bits, made);
      holds = check.run(estimate, left, right, more);
    }
    more.flush();
    ArrayReport report = new ArrayReport(estimate, memory, mapping(gemm, bits, tiling, estimate));
    return new Simulated(report.report(gemm, energy), text.toString(), holds);
  }

  private StorageBits bits(Gemm gemm) {
    return made.map(
            u -> StorageBits.of(u.unit().spec(), left, right, u.unit().partialSumBits(), gemm))
        .orElseGet(() -> StorageBits.of(left, right, SIMPLE_ACCUMULATOR_BITS, gemm));
  }

  private Tiling tiling(Gemm gemm, MemorySystem with, StorageBits bits) {
    if (options.searched()) {
      return new TileSearch(machine, unit, with, bits)
          .fastest(gemm)
          .orElseThrow(() -> new InputException("--tile", "must exist: no tile fits the SRAMs"))
          .tiling();
    }
    return options
        .tiling()
        .map(asked -> requireWithin(asked, gemm))
        .orElseGet(() -> Tiling.whole(machine, unit, gemm));
  }

  private Tiling requireWithin(Tiling asked, Gemm gemm) {
    Tiling.Extent extent = Tiling.Extent.of(machine, unit, gemm);
    if (asked.rows() > extent.rows()
        || asked.columns() > extent.columns()
        || asked.streamed() > extent.streamed()) {
      throw new InputException(
          "--tile",
          String.format(
              Locale.ROOT,
              "must be at most the product on the array, %dx%dx%d: %s",
              extent.rows(),
              extent.columns(),
              extent.streamed(),
              asked));
    }
    return asked;
  }

  private ArrayEstimate estimate(Gemm gemm, StorageBits bits, Optional<Tiling> tiling) {
    if (memory.isEmpty()) {
      return ArrayEstimate.withoutMemory(machine, unit, bits, gemm);
    }
    Tiling sizes = tiling.orElseThrow();
    Tiling.Extent extent = Tiling.Extent.of(machine, unit, gemm);
    double tiles =
        Math.ceil((double) extent.rows() / sizes.rows())
            * Math.ceil((double) extent.columns() / sizes.columns())
            * Math.ceil((double) extent.streamed() / sizes.streamed());
    if (tiles > MOST_TILES) {
      throw new InputException(
          "--gemm",
          String.format(Locale.ROOT, "must have at most %d tiles: %.0f", MOST_TILES, tiles));
    }
    try {
      return ArrayEstimate.of(machine, unit, memory.orElseThrow(), bits, gemm, sizes);
    } catch (IllegalArgumentException e) {
      String option = options.tiled() ? "--tile" : "--gemm";
      throw new InputException(option, String.valueOf(e.getMessage()), e);
    }
  }

  private List<ProductReport.Named> mapping(
      Gemm gemm, StorageBits bits, Optional<Tiling> tiling, ArrayEstimate estimate) {
    List<ProductReport.Named> mapping = new ArrayList<>();
    tiling.ifPresent(sizes -> mapping.add(new ProductReport.Named("tile", sizes.toString())));
    mapping.add(new ProductReport.Named("tiles", String.valueOf(estimate.tiles())));
    if (machine.dataflow() != Dataflow.OUTPUT_STATIONARY && estimate.tiles() > 1) {
      mapping.add(new ProductReport.Named("next tile", "is shifted in when this one has drained"));
    }
    memory.ifPresent(
        with -> {
          long alone = new SystolicCycles(machine, unit).cycles(gemm);
          mapping.add(new ProductReport.Named("cycles without memory", String.valueOf(alone)));
          tiling
              .flatMap(sizes -> sizes.excess(machine, unit, with, bits, gemm))
              .ifPresent(
                  excess ->
                      mapping.add(
                          new ProductReport.Named("does not fit", excess + " (--tile search)")));
        });
    return mapping;
  }

  private Activity activity(ScaledDatapath with, String data, Gemm gemm) {
    OperandData operands = OperandData.of("--data", data, gemm);
    try {
      return operands.relative(with.unit(), left, right, machine.dataflow().stationary());
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

  /** What limits the clock. */
  private void clock(PrintWriter out) {
    delay
        .filter(d -> d.megahertz() < asked.clockMegahertz())
        .ifPresent(
            d ->
                out.printf(
                    Locale.ROOT,
                    "%nclock lowered from %s MHz: the unit's longest path takes %s ps (%d stages would do)%n",
                    ProductText.number(asked.clockMegahertz()),
                    ProductText.number(d.picoseconds()),
                    d.stagesFor(asked.clockMegahertz())));
  }

  private Optional<EnergyReport> energy(
      PrintWriter out, ArrayEstimate estimate, Optional<Activity> activity) {
    if (made.isEmpty()) {
      return Optional.empty();
    }
    out.println();
    try {
      CostReport random = model.energyPerPass(machine.placed(made.get().inventory()));
      CostReport pass =
          activity.map(toggles -> ActivityPricing.onData(random, toggles)).orElse(random);
      EnergyReport report = EnergyReport.of(estimate.performance(), pass, model);
      report
          .unitPicojoulesByRole()
          .forEach((role, pj) -> row(out, words(role.name()), pj / 1000, "nJ"));
      row(out, "SRAM", report.sramPicojoules() / 1000, "nJ");
      row(out, "DRAM", report.dramPicojoules() / 1000, "nJ");
      row(out, "energy", report.totalPicojoules() / 1000, "nJ");
      row(out, "energy of a product", report.picojoulesPerMac(), "pJ");
      report.memoryPrices().forEach((what, price) -> price(out, what, price));
      return Optional.of(report);
    } catch (MissingPriceException e) {
      out.println("energy is not available: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void price(PrintWriter out, String what, Price price) {
    out.printf(
        Locale.ROOT,
        "  %s: %s pJ a bit, %s%n",
        what,
        ProductText.number(price.value()),
        price.source());
  }

  private static void row(PrintWriter out, String what, double value, String unit) {
    out.printf(Locale.ROOT, "%-22s %14s %s%n", what, ProductText.number(value), unit);
  }
}
