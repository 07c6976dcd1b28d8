package macroscope.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import macroscope.config.MachineFile;
import macroscope.config.TechnologyFile;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.CriticalPath;
import macroscope.cost.Delay;
import macroscope.cost.MissingPriceException;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.Quantity;
import macroscope.elementwise.RowUnit;
import macroscope.elementwise.RowUnits;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.machine.Machine;
import macroscope.unit.DotProductUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cost}: area and energy of a unit, part by part, with the source of every price. */
@Command(
    name = "cost",
    description = {
      "Area and energy of one unit by component, with the source of every price.",
      "What a technology does not price is said to be missing, never counted as zero."
    },
    footer = {
      "",
      "Example:",
      "  macroscope cost nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --technology 45nm"
    })
final class CostCommand implements Callable<Integer> {

  private static final long GIBIBYTE = 1L << 30;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "UNIT", description = "A unit of the catalogue (see units).")
  private String unit;

  @Option(
      names = "--technology",
      paramLabel = "T",
      defaultValue = "45nm",
      description = "A technology of configs/technologies or a file (default: ${DEFAULT-VALUE}).")
  private String technology;

  @Option(
      names = "--machine",
      paramLabel = "M",
      description = {
        "A machine of configs/machines or a file: parts that serve several units (lookup tables) are",
        "divided among the units of its array (default: among 64). Also tells what its memories cost."
      })
  private Optional<String> machine = Optional.empty();

  /** What is priced of a unit; of one that works on rows the length is that of a row. */
  private record Priced(String name, int length, Pipeline pipeline, Inventory inventory) {
    static Priced of(String name) {
      if (RowUnits.find(name).isPresent()) {
        RowUnit made = RowUnitListings.resolve("UNIT", name);
        return new Priced(made.name(), made.length(), made.pipeline(), made.inventory());
      }
      DotProductUnit<?> made = UnitArgument.resolve("UNIT", name);
      return new Priced(made.spec().name(), made.length(), made.pipeline(), made.inventory());
    }

    boolean onRows() {
      return RowUnits.find(name).isPresent();
    }
  }

  @Override
  public Integer call() {
    Priced made = Priced.of(unit);
    CostModel model = new CostModel(TechnologyFile.find(technology));
    Optional<Machine> array = machine.map(MachineFile::find);
    Inventory inventory = array.map(a -> a.placed(made.inventory())).orElseGet(made::inventory);
    Optional<CostReport> area = priced(model, Quantity.AREA, inventory);
    Optional<CostReport> energy = priced(model, Quantity.ENERGY, inventory);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s in %s (%s, %s V)%n%d %s a pass, %d cycles a pass, latency %d cycles%n%n",
        made.name(),
        model.technology().name(),
        model.technology().node(),
        model.technology().volts(),
        made.length(),
        made.onRows() ? "elements" : "products",
        made.pipeline().initiationInterval(),
        made.pipeline().latency());
    lines(out, inventory, area, energy);
    roles(out, area, energy, made);
    delay(out, model, inventory);
    array.ifPresent(a -> memories(out, model, a));
    missing(out, model, Quantity.AREA, inventory);
    missing(out, model, Quantity.ENERGY, inventory);
    sources(out, area, energy);
    model.delay(inventory).ifPresent(delay -> delays(out, delay));
    out.flush();
    return 0;
  }

  private static Optional<CostReport> priced(
      CostModel model, Quantity quantity, Inventory inventory) {
    if (model.missing(quantity, inventory).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        quantity == Quantity.AREA ? model.area(inventory) : model.energyPerPass(inventory));
  }

  private static void lines(
      PrintWriter out,
      Inventory inventory,
      Optional<CostReport> area,
      Optional<CostReport> energy) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < inventory.lines().size(); i++) {
      Inventory.Line line = inventory.lines().get(i);
      rows.add(
          List.of(
              role(line.role()),
              line.name(),
              line.component().toString(),
              line.sharedBy() > 1
                  ? line.instances() + "/" + line.sharedBy()
                  : Integer.toString(line.instances()),
              number(line.usesPerPass()),
              cell(area, i),
              cell(energy, i)));
    }
    List<String> header =
        List.of(
            "role",
            "part",
            "component",
            "number",
            "uses",
            "area " + area.map(CostReport::unit).orElse("-"),
            "energy " + energy.map(CostReport::unit).orElse("-"));
    out.print(new TextTable(header, 3).rows(rows));
  }

  private static void roles(
      PrintWriter out, Optional<CostReport> area, Optional<CostReport> energy, Priced made) {
    out.println();
    area.ifPresent(
        report -> {
          report.byRole().forEach((role, sum) -> sum(out, role(role), sum, report.unit()));
          sum(out, "area of a unit", report.total(), report.unit());
          out.println();
        });
    energy.ifPresent(
        report -> {
          report.byRole().forEach((role, sum) -> sum(out, role(role), sum, report.unit()));
          sum(out, "energy of a pass", report.total(), report.unit());
          double each = report.total() / made.length();
          sum(
              out,
              made.onRows() ? "energy of an element" : "energy of a product",
              each,
              report.unit());
          out.println();
        });
  }

  /** Area and energy of the machine's memories, each with its source. */
  private static void memories(PrintWriter out, CostModel model, Machine machine) {
    Map<String, Long> capacities = new LinkedHashMap<>();
    capacities.put("activation SRAM", machine.sram().a());
    capacities.put("weight SRAM", machine.sram().b());
    capacities.put("output SRAM", machine.sram().output());
    capacities.forEach((what, bytes) -> memory(out, model, what, bytes));
    model
        .technology()
        .dramPerBit()
        .ifPresent(price -> out.printf(Locale.ROOT, "DRAM: %s%n", perBit(price)));
    model.technology().dramAreaPerBit().ifPresent(price -> dramArea(out, model, price));
    out.println();
  }

  private static void memory(PrintWriter out, CostModel model, String what, long bytes) {
    if (model.technology().sram().isPresent()) {
      out.printf(
          Locale.ROOT, "%s of %d KiB: %s%n", what, bytes >> 10, perBit(model.sramPerBit(bytes)));
    }
    model
        .sramAreaLaw()
        .ifPresent(
            law -> {
              Price bit = law.terms().get(law.terms().size() - 1).price();
              out.printf(
                  Locale.ROOT,
                  "%s of %d KiB: %s %s, %s; %s%n",
                  what,
                  bytes >> 10,
                  number(model.sramArea(bytes).orElseThrow()),
                  bit.unit(),
                  trust(bit),
                  bit.source());
            });
  }

  private static void dramArea(PrintWriter out, CostModel model, Price price) {
    double squareMillimetres = model.dramArea(GIBIBYTE).orElseThrow() / 1e6;
    out.printf(
        Locale.ROOT,
        "DRAM of 1 GiB: %s mm2, %s; %s%n",
        number(squareMillimetres),
        trust(price),
        price.source());
  }

  private static String perBit(Price price) {
    return String.format(
        Locale.ROOT, "%s pJ a bit, %s; %s", number(price.value()), trust(price), price.source());
  }

  private static String trust(Price price) {
    return price.provenance().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void delay(PrintWriter out, CostModel model, Inventory inventory) {
    model
        .delay(inventory)
        .ifPresent(
            delay -> {
              sum(out, "longest path", delay.picoseconds(), "ps");
              sum(out, "clock at most", delay.megahertz(), "MHz");
              out.println();
            });
  }

  private static void sum(PrintWriter out, String what, double value, String unit) {
    out.printf(Locale.ROOT, "%-20s %12s %s%n", what, number(value), unit);
  }

  private static void missing(
      PrintWriter out, CostModel model, Quantity quantity, Inventory inventory) {
    model
        .missing(quantity, inventory)
        .map(MissingPriceException::getMessage)
        .ifPresent(out::println);
  }

  private static void sources(
      PrintWriter out, Optional<CostReport> area, Optional<CostReport> energy) {
    Set<String> sources = new LinkedHashSet<>();
    area.ifPresent(report -> report.lines().forEach(line -> source(sources, line)));
    energy.ifPresent(report -> report.lines().forEach(line -> source(sources, line)));
    out.println("prices");
    sources.forEach(out::println);
  }

  private static void source(Set<String> sources, CostReport.Line line) {
    line.law().terms().forEach(term -> sources.add(line(line.part().component().kind(), term)));
  }

  private static void delays(PrintWriter out, Delay delay) {
    List<String> kinds = new ArrayList<>(delay.kinds());
    kinds.add(CriticalPath.CARRY);
    kinds.add("register");
    for (String kind : kinds) {
      delay
          .table()
          .law(kind)
          .ifPresent(law -> law.terms().forEach(term -> out.println(line(kind, term))));
    }
  }

  private static String line(String kind, PriceLaw.Term term) {
    Price price = term.price();
    return String.format(
        Locale.ROOT,
        "  %s: %s %s per %s, %s; %s",
        kind,
        number(price.value()),
        price.unit(),
        term.per().name().toLowerCase(Locale.ROOT),
        trust(price),
        price.source());
  }

  private static String cell(Optional<CostReport> report, int line) {
    return report.map(r -> number(r.lines().get(line).cost())).orElse("-");
  }

  private static String role(Enum<?> role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
