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

/**
 * A sweep as one page that needs nothing beside it: pictures, data, style and scripts are inside, those of
 * Apache ECharts too, and its policy forbids it to ask for anything.
 */
final class HtmlReport {

  /** The version that the parent pom has. */
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  /** Nothing is loaded from anywhere; what is inside may run. */
  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
          + " base-uri 'none'; form-action 'none'";

  /** What the script fills. */
  private static final String EXPLORER =
      element("p", Notes.EXPLORER)
          + "<div id=\"controls\"></div>\n<div id=\"scatter\" class=\"chart\"></div>\n"
          + "<div class=\"scroll\"><div id=\"parallel\" class=\"chart\"></div></div>\n"
          + "<details><summary>Axes of the lower chart</summary><div id=\"axes\"></div></details>\n"
          + "<noscript>These two charts need scripts; all that follows does not.</noscript>\n";

  private final SweepResult result;
  private final RunInputs inputs;
  private final Map<Integer, String> pictures;
  private final String data;
  private final String searches;

  /**
   * @param pictures SVG of the chart of each front, by its number
   * @param data {@link PageData#json}
   * @param searches what searches found, as HTML; empty for a plain sweep
   */
  HtmlReport(
      SweepResult result,
      RunInputs inputs,
      Map<Integer, String> pictures,
      String data,
      String searches) {
    this.searches = searches;
    this.result = result;
    this.inputs = inputs;
    this.pictures = pictures;
    this.data = data;
  }

  String text() {
    SweepPlan plan = result.plan();
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append(element("title", escape(plan.title())))
        .append(element("style", resource("report.css") + resource("explorer.css")))
        .append("</head>\n<body>\n<main>\n");
    page.append(element("h1", escape(plan.title())));
    page.append(interruption()).append(element("p class=\"lead\"", escape(summary())));
    page.append(contents());
    page.append("<h2 id=\"explore\">Explore</h2>\n").append(EXPLORER);
    if (FrontTable.hasLimits(result)) {
      page.append("<h2 id=\"limits\">Cheapest designs within limits</h2>\n")
          .append(element("p", Notes.LIMITS))
          .append(FrontTable.cheapestHtml(result));
    }
    page.append("<h2 id=\"fronts\">Fronts</h2>\n").append(element("p", Notes.FRONTS));
    result.fronts().forEach(front -> page.append(section(front)));
    page.append("<h2 id=\"hypervolume\">How far the fronts reach</h2>\n")
        .append(element("p", Notes.HYPERVOLUME))
        .append(FrontTable.hypervolumesHtml(result));
    page.append(searches);
    page.append("<h2 id=\"points\">All points</h2>\n")
        .append(element("p", Notes.POINTS + footprint()))
        .append("<p class=\"note\" id=\"shown\"></p>\n")
        .append(PointTable.of(result));
    page.append("<h2 id=\"run\">What was run</h2>\n").append(workloads()).append(machines());
    page.append("<h2 id=\"error\">Statistical error</h2>\n").append(Notes.STATISTICS);
    page.append("<h2 id=\"prices\">Prices and where they come from</h2>\n")
        .append(element("p", Notes.PRICES));
    plan.technologies().forEach(technology -> page.append(prices(technology)));
    page.append("<h2 id=\"repeat\">To run it again</h2>\n").append(repeat());
    page.append("</main>\n")
        .append(element("script type=\"application/json\" id=\"data\"", data))
        .append(element("script", resource(ECHARTS)))
        .append(element("script", resource("explorer.js")))
        .append(element("script", resource("report.js")));
    return page.append("</body>\n</html>\n").toString();
  }

  private String footprint() {
    return result
        .plan()
        .footprint()
        .map(
            f ->
                " Electricity and CO2 are those of "
                    + Numbers.readable(f.inferences())
                    + " inferences, memories included, where a kilowatt-hour has "
                    + Numbers.readable(f.gramsPerKilowattHour())
                    + " g; nothing else of a computer is in them.")
        .orElse("");
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
    return "<nav><a href=\"#explore\">Explore</a> <a href=\"#fronts\">Fronts</a> <a href=\"#hypervolume\">Hypervolume</a>"
        + " <a href=\"#points\">All points</a>"
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
                    + front.technology().name()
                    + limits(front))));
    if (svg != null) {
      section.append(element("figure", Html.inlineSvg(svg, "front" + front.number() + "-")));
    }
    section.append(MemberTable.of(front));
    if (!front.outside().isEmpty()) {
      section.append(
          element(
              "p class=\"note\"",
              front.outside().size() + " of the points do not hold the limits and are not here."));
    }
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

  private static String limits(FrontResult front) {
    String limits = front.request().limitText();
    return limits.isEmpty() ? "" : ", " + limits;
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
