package macroscope.report;

import static macroscope.report.Html.element;
import static macroscope.report.Html.escape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import macroscope.cost.TechnologyNode;
import macroscope.machine.Machine;
import macroscope.sweep.FrontResult;
import macroscope.sweep.SweepPlan;
import macroscope.sweep.SweepResult;
import macroscope.sweep.Workload;

/** A sweep as one page that needs nothing beside it: pictures, style and script are inside. */
final class HtmlReport {

  private final SweepResult result;
  private final RunInputs inputs;
  private final Map<Integer, String> pictures;

  /**
   * @param pictures SVG of the chart of each front, by its number
   */
  HtmlReport(SweepResult result, RunInputs inputs, Map<Integer, String> pictures) {
    this.result = result;
    this.inputs = inputs;
    this.pictures = pictures;
  }

  String text() {
    SweepPlan plan = result.plan();
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append(element("title", escape(plan.title())))
        .append(element("style", resource("report.css")))
        .append("</head>\n<body>\n<main>\n");
    page.append(element("h1", escape(plan.title())));
    page.append(interruption()).append(element("p class=\"lead\"", escape(summary())));
    page.append(contents());
    page.append("<h2 id=\"fronts\">Fronts</h2>\n").append(element("p", Notes.FRONTS));
    result.fronts().forEach(front -> page.append(section(front)));
    page.append("<h2 id=\"points\">All points</h2>\n")
        .append(element("p", Notes.POINTS))
        .append(PointTable.of(result));
    page.append("<h2 id=\"run\">What was run</h2>\n").append(workloads()).append(machines());
    page.append("<h2 id=\"error\">Statistical error</h2>\n").append(Notes.STATISTICS);
    page.append("<h2 id=\"prices\">Prices and where they come from</h2>\n")
        .append(element("p", Notes.PRICES));
    plan.technologies().forEach(technology -> page.append(prices(technology)));
    page.append("<h2 id=\"repeat\">To run it again</h2>\n").append(repeat());
    page.append("</main>\n").append(element("script", resource("report.js")));
    return page.append("</body>\n</html>\n").toString();
  }

  private String interruption() {
    String points = result.evaluations().size() + " of " + result.asked() + " points";
    return result.isInterrupted()
        ? element("p class=\"interrupted\"", "Interrupted: " + points + ". Fronts will change.")
        : "";
  }

  private String summary() {
    SweepPlan plan = result.plan();
    long families = result.evaluations().stream().map(e -> e.point().family()).distinct().count();
    long logits =
        result.evaluations().stream()
            .map(e -> e.measurement().task().logitsDigest())
            .distinct()
            .count();
    return String.format(
        java.util.Locale.ROOT,
        "%d design points of %d families of datapaths, run bit for bit on %s, priced in %s."
            + " %d of the runs differ in their logits.",
        result.evaluations().size(),
        families,
        plan.workloads().stream().map(HtmlReport::describe).collect(Collectors.joining(" and ")),
        plan.technologies().stream().map(TechnologyNode::name).collect(Collectors.joining(", ")),
        logits);
  }

  private static String describe(Workload workload) {
    String samples = " " + workload.model().task().samples();
    return workload.name() + " (" + workload.data().size() + samples + ")";
  }

  private static String contents() {
    return "<nav><a href=\"#fronts\">Fronts</a> <a href=\"#points\">All points</a>"
        + " <a href=\"#run\">What was run</a> <a href=\"#error\">Statistical error</a>"
        + " <a href=\"#prices\">Prices</a> <a href=\"#repeat\">To run it again</a></nav>\n";
  }

  private String section(FrontResult front) {
    String svg = pictures.get(front.number());
    StringBuilder section = new StringBuilder("<section>\n");
    section.append(
        element(
            "h3",
            escape(
                "Front "
                    + front.number()
                    + ": "
                    + front.workload().name()
                    + ", "
                    + front.technology().name())));
    if (svg != null) {
      section.append(element("figure", Html.inlineSvg(svg, "front" + front.number() + "-")));
    }
    section.append(MemberTable.of(front));
    if (!front.without().isEmpty()) {
      section.append(
          element(
              "p class=\"note\"",
              front.without().size()
                  + " of the points are not here: "
                  + escape(front.request().quality().name())
                  + " is not a finite number for them."));
    }
    return section.append("</section>\n").toString();
  }

  private String workloads() {
    Html.Table table =
        new Html.Table(
            List.of("network", "samples", "data", "multiply-accumulates", "in float", "SHA-256"));
    for (Workload workload : result.plan().workloads()) {
      long macs = workload.gemms().stream().mapToLong(g -> g.macs()).sum() / workload.batch();
      table.row(
          List.of(
              workload.name(),
              Integer.toString(workload.data().size()),
              workload.data().name(),
              Long.toString(macs),
              FloatRun.describe(result, workload),
              workload.model().digest().substring(0, 12)));
    }
    return table.text() + element("p", Notes.UNITS);
  }

  private String machines() {
    Html.Table table =
        new Html.Table(
            List.of("machine", "array", "dataflow", "clock [MHz]", "SRAM A / B / output [bytes]"));
    for (Machine machine : result.plan().machines()) {
      Machine.Sram sram = machine.sram();
      table.row(
          List.of(
              machine.name(),
              machine.rows() + " \u00d7 " + machine.columns() + " units",
              machine.dataflow().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
              Numbers.readable(machine.clockMegahertz()),
              sram.a() + " / " + sram.b() + " / " + sram.output()));
    }
    return table.text();
  }

  private String prices(TechnologyNode technology) {
    return element("h3", escape(technology.name() + " (" + technology.node() + ")"))
        + element("p", escape(technology.description()))
        + PriceTableHtml.of(technology);
  }

  private String repeat() {
    Html.Table table = new Html.Table(List.of("file", "path", "SHA-256"));
    inputs.files().forEach(f -> table.row(List.of(f.what(), f.path(), f.sha256())));
    return element("pre", escape(inputs.command()))
        + element("p", "Program: SHA-256 " + escape(inputs.codeVersion()) + ".")
        + table.text()
        + "<details><summary>The sweep file</summary>"
        + element("pre", escape(inputs.sweepFile()))
        + "</details>\n";
  }

  private static String resource(String name) {
    try (InputStream bytes = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(bytes, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
