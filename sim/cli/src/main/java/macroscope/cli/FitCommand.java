package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import macroscope.config.TechnologyFile;
import macroscope.config.TechnologyWriter;
import macroscope.cost.FitQuality;
import macroscope.cost.MemoryPrices;
import macroscope.cost.PriceFit;
import macroscope.cost.PriceTable;
import macroscope.cost.Quantity;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;
import macroscope.cost.TechnologyNode;
import macroscope.cost.TechnologyScaling;
import macroscope.input.InputException;
import macroscope.verify.FitReport;
import macroscope.verify.SynthesisFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fit}: prices of parts from synthesized units. */
@Command(
    name = "fit",
    description = {
      "Fits the prices of parts on synthesis results of whole units and writes a technology.",
      "Prints what the prices predict of each unit, and what prices fitted without its formats or without",
      "its kind of unit predict; the file holds the same. Prices are never negative.",
      "Energies are not fitted: power of synthesis is vectorless. They come from another technology."
    },
    footer = {
      "",
      "Example:",
      "  macroscope fit synthesis.csv --metric area_nangate45_um2,delay_nangate45_ps \\",
      "      --energy-of 45nm --memory-of 45nm --technology nangate45.yaml"
    })
final class FitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Synthesis results (CSV).")
  private List<Path> files;

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description = "Synthesis results that are predicted and not fitted.")
  private List<Path> heldOut = List.of();

  @ArgGroup(multiplicity = "1")
  private WrittenTechnology written;

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "COLUMN",
      defaultValue = "lut6",
      description =
          "Columns to fit, at most one of area and one of delay: lut6, nand2_eq, delay_ps,"
              + " area_nangate45_um2, delay_nangate45_ps, fmax_ice40_mhz (default: ${DEFAULT-VALUE}).")
  private List<String> columns;

  @Option(
      names = "--energy-of",
      paramLabel = "T",
      description =
          "Take the energies of this technology of the same node, at the supply of the metric.")
  private Optional<String> energy = Optional.empty();

  @Option(
      names = "--memory-of",
      paramLabel = "T",
      description = "Take the prices of SRAM and DRAM from this technology of the same node.")
  private Optional<String> memory = Optional.empty();

  @Override
  public Integer call() {
    List<SynthesisMetric> metrics = metrics();
    SynthesisMetric first = metrics.get(0);
    String name = written.name();
    List<SynthesisRow> rows = read(files);
    List<SynthesisRow> unseen = read(heldOut);
    PrintWriter out = spec.commandLine().getOut();
    Map<Quantity, PriceTable> tables = new EnumMap<>(Quantity.class);
    List<FitQuality> fits = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (SynthesisMetric metric : metrics) {
      FitReport report = new FitReport(metric, fit(rows, metric), unseen);
      report.prices().forEach(out::println);
      report.residuals().forEach(out::println);
      remarks.add(metric.column() + ": every row, its error, and those of fits without its like");
      remarks.addAll(report.residuals());
      fits.add(report.quality());
      String source = report.quality().rows() + " rows of synthesis results";
      tables.put(metric.quantity(), report.fit().table(metric, source));
    }
    energy
        .map(TechnologyFile::find)
        .ifPresent(t -> tables.put(Quantity.ENERGY, energies(t, first)));
    Optional<TechnologyNode> memories = memory.map(TechnologyFile::find);
    memories
        .flatMap(TechnologyNode::area)
        .ifPresent(
            cells ->
                tables.computeIfPresent(
                    Quantity.AREA, (quantity, table) -> table.withBlocksOf(cells)));
    TechnologyWriter.write(
        new TechnologyNode(
            name,
            first.node(),
            first.volts(),
            "Fitted on synthesized units: " + String.join(", ", columns) + ".",
            tables,
            memories.map(TechnologyNode::memories).orElse(MemoryPrices.NONE),
            fits),
        remarks,
        written.path());
    out.printf(Locale.ROOT, "%nwrote %s%n", written.path());
    out.flush();
    return 0;
  }

  private static List<SynthesisRow> read(List<Path> files) {
    return files.stream().flatMap(file -> SynthesisFile.read(file).stream()).toList();
  }

  private static PriceFit fit(List<SynthesisRow> rows, SynthesisMetric metric) {
    try {
      return PriceFit.of(rows, metric);
    } catch (IllegalArgumentException e) {
      throw new InputException("--metric", String.valueOf(e.getMessage()), e);
    }
  }

  private static PriceTable energies(TechnologyNode from, SynthesisMetric metric) {
    if (!from.node().equals(metric.node())) {
      throw new InputException(
          "--energy-of", "must be a technology of " + metric.node() + ": " + from.node());
    }
    PriceTable table =
        from.energy()
            .orElseThrow(
                () -> new InputException("--energy-of", "must have energies: " + from.name()));
    return TechnologyScaling.atVolts(table, from.volts(), metric.volts());
  }

  private List<SynthesisMetric> metrics() {
    List<SynthesisMetric> metrics = columns.stream().map(FitCommand::metric).toList();
    long quantities = metrics.stream().map(SynthesisMetric::quantity).distinct().count();
    long nodes = metrics.stream().map(SynthesisMetric::node).distinct().count();
    if (quantities < metrics.size() || nodes > 1) {
      throw new InputException(
          "--metric",
          "must be at most one of area and one of delay, of one node: "
              + String.join(",", columns));
    }
    return metrics;
  }

  private static SynthesisMetric metric(String column) {
    String known =
        SynthesisMetric.all().stream()
            .map(SynthesisMetric::column)
            .collect(Collectors.joining(", "));
    return SynthesisMetric.of(column)
        .orElseThrow(
            () -> new InputException("--metric", "must be one of " + known + ": " + column));
  }
}
