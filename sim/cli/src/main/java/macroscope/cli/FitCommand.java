package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import macroscope.config.TechnologyFile;
import macroscope.config.TechnologyWriter;
import macroscope.cost.PriceFit;
import macroscope.cost.PriceTable;
import macroscope.cost.Quantity;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;
import macroscope.cost.TechnologyNode;
import macroscope.input.InputException;
import macroscope.verify.ErrorStatistics;
import macroscope.verify.SynthesisFile;
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
      "Prints what the prices predict of each unit, and what prices fitted without its formats"
          + " predict."
    },
    footer = {
      "",
      "Example:",
      "  macroscope fit synthesis.csv --metric area_nangate45_um2,power_nangate45_uW_100MHz \\",
      "      --memory-of 45nm --technology nangate45.yaml"
    })
final class FitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Synthesis results (CSV).")
  private List<Path> files;

  @Option(
      names = "--technology",
      required = true,
      paramLabel = "OUT.yaml",
      description = "The technology file to write.")
  private Path technology;

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "COLUMN",
      defaultValue = "lut6",
      description =
          "Columns to fit, at most one of area and one of energy: lut6, nand2_eq,"
              + " area_nangate45_um2, power_nangate45_uW_100MHz (default: ${DEFAULT-VALUE}).")
  private List<String> columns;

  @Option(
      names = "--memory-of",
      paramLabel = "T",
      description = "Take the prices of SRAM and DRAM from this technology of the same node.")
  private Optional<String> memory;

  @Override
  public Integer call() {
    List<SynthesisMetric> metrics = metrics();
    String name = name();
    List<SynthesisRow> rows = new ArrayList<>();
    files.forEach(file -> rows.addAll(SynthesisFile.read(file)));
    PrintWriter out = spec.commandLine().getOut();
    Optional<PriceTable> energy = Optional.empty();
    Optional<PriceTable> area = Optional.empty();
    for (SynthesisMetric metric : metrics) {
      PriceFit fit = PriceFit.of(rows, metric);
      print(out, metric, fit);
      PriceTable table = fit.table(metric, rows.size() + " rows of synthesis results");
      energy = metric.quantity() == Quantity.ENERGY ? Optional.of(table) : energy;
      area = metric.quantity() == Quantity.AREA ? Optional.of(table) : area;
    }
    Optional<TechnologyNode> memories = memory.map(TechnologyFile::find);
    Optional<PriceTable> cells = memories.flatMap(TechnologyNode::area);
    SynthesisMetric first = metrics.get(0);
    TechnologyWriter.write(
        new TechnologyNode(
            name,
            first.node(),
            first.volts(),
            "Fitted on synthesized units: " + String.join(", ", columns) + ".",
            energy,
            area.map(table -> cells.map(table::withBlocksOf).orElse(table)),
            memories.flatMap(TechnologyNode::sram),
            memories.flatMap(TechnologyNode::dramPerBit)),
        technology);
    out.printf(Locale.ROOT, "%nwrote %s%n", technology);
    out.flush();
    return 0;
  }

  private List<SynthesisMetric> metrics() {
    List<SynthesisMetric> metrics = columns.stream().map(FitCommand::metric).toList();
    long quantities = metrics.stream().map(SynthesisMetric::quantity).distinct().count();
    long nodes = metrics.stream().map(SynthesisMetric::node).distinct().count();
    if (quantities < metrics.size() || nodes > 1) {
      throw new InputException(
          "--metric",
          "must be at most one of area and one of energy, of one node: "
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

  private String name() {
    Path file = technology.getFileName();
    if (file == null || !file.toString().endsWith(".yaml")) {
      throw new InputException("--technology", "must be a path ending in .yaml: " + technology);
    }
    if (!Files.isWritable(technology.toAbsolutePath().getParent())) {
      throw new InputException("--technology", "folder must exist and be writable: " + technology);
    }
    return file.toString().substring(0, file.toString().length() - ".yaml".length());
  }

  private static void print(PrintWriter out, SynthesisMetric metric, PriceFit fit) {
    out.printf(Locale.ROOT, "%s, %s%n", metric.column(), metric.tool());
    out.printf(Locale.ROOT, "  %-22s %-9s %12s%n", "part", "per", metric.unit());
    fit.prices()
        .forEach(
            (c, value) ->
                out.printf(
                    Locale.ROOT,
                    "  %-22s %-9s %12.5g%n",
                    c.kind(),
                    c.per().name().toLowerCase(Locale.ROOT),
                    value));
    List<PriceFit.Residual> all = fit.residuals();
    List<PriceFit.Residual> left = fit.leaveOneFormatOut();
    out.printf(
        Locale.ROOT,
        "  %-8s %-6s %-6s %4s %10s %10s %8s %8s%n",
        "unit",
        "a",
        "b",
        "k",
        "measured",
        "predicted",
        "error",
        "left out");
    for (int i = 0; i < all.size(); i++) {
      PriceFit.Residual r = all.get(i);
      out.printf(
          Locale.ROOT,
          "  %-8s %-6s %-6s %4d %10.5g %10.5g %+7.1f%% %+7.1f%%%n",
          r.unit().family().name().toLowerCase(Locale.ROOT),
          r.unit().a(),
          r.unit().b(),
          r.unit().length(),
          r.measured(),
          r.predicted(),
          100 * r.relative(),
          100 * left.get(i).relative());
    }
    summary(out, "all rows fitted", all);
    summary(out, "formats of the row left out", left);
  }

  private static void summary(PrintWriter out, String what, List<PriceFit.Residual> residuals) {
    ErrorStatistics errors =
        ErrorStatistics.of(
            residuals.stream().mapToDouble(PriceFit.Residual::predicted).toArray(),
            residuals.stream().mapToDouble(PriceFit.Residual::measured).toArray());
    out.printf(
        Locale.ROOT,
        "  %s: %d rows, mean error %.1f%%, largest %.1f%%, rank correlation %.3f%n",
        what,
        errors.rows(),
        100 * errors.meanRelativeError(),
        100 * errors.greatestRelativeError(),
        errors.rankCorrelation().orElse(Double.NaN));
  }
}
