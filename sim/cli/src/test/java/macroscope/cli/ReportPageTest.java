package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep writes of fronts, limits and footprint, and its page in a browser. */
class ReportPageTest {

  private static final String SWEEP =
      """
      name: page
      title: A page </script><b>with marks</b>
      models: [mnist-mlp]
      samples: 12
      machines: systolic-16x16-ws
      technologies: [45nm, nangate45]
      fronts:
        - {quality: kl_bits_to_fp32, cost: unit_energy_per_mac}
        - quality: kl_bits_to_fp32
          cost: unit_energy_per_mac
          technologies: 45nm
          at_most: {kl_bits_to_fp32: 0.01, bits_per_weight: 20}
          at_least: {accuracy: 0.5}
      footprint: {inferences: 1e9, grid_grams_co2_per_kwh: 400}
      designs:
        - name: floats
          pairs: [{weights: "e4m3fn:channel", activations: "e4m3fn:token"}]
          units:
            - {family: fused, length: 16, kept_fraction_bits: [4, 13]}
            - {family: kulisch, length: 16, terms: 1024}
        - name: integers
          weights: ["int2:channel", "int4:channel", "int6:channel"]
          activations: "int8:token"
          units: [{family: integer_mac, length: 16, accumulator_bits: 32}]
      """;

  private static final String ROWS =
      "[...document.querySelectorAll('#point-table tbody tr')].filter(r => r.offsetHeight > 0)";
  private static final String COUNT = "document.getElementById('count').textContent";

  @TempDir private static Path folder;
  private static Path run;
  private static HeadlessPage page;

  @BeforeAll
  static void run() throws Exception {
    Path file = Files.writeString(folder.resolve("page.yaml"), SWEEP);
    run = folder.resolve("run");
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("sweep", file.toString(), "--out", run.toString());
    assertThat(code).as(err.toString()).isZero();
    page = new HeadlessPage(folder.resolve("profile"));
  }

  @AfterAll
  static void quit() throws Exception {
    page.quit();
  }

  private static void open() throws Exception {
    page.open(run.resolve("report.html"));
  }

  private static List<List<String>> table(String name) throws IOException {
    return Files.readAllLines(run.resolve(name)).stream()
        .map(line -> List.of(line.split(",", -1)))
        .toList();
  }

  private static List<String> column(List<List<String>> table, String head) {
    int index = table.get(0).indexOf(head);
    return table.stream().skip(1).map(row -> row.get(index)).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  @Test
  void nothingIsAskedForAndNothingComplainedOf() throws Exception {
    open();
    assertThat(page.requests()).containsExactly(run.resolve("report.html").toUri().toString());
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void aPageThatAskedForSomethingWouldBeSeen() throws Exception {
    Path asking = folder.resolve("asking.html");
    Files.writeString(
        asking, "<!DOCTYPE html><img src=\"http://127.0.0.1:9/x.png\"><script>x.y()</script>");
    page.open(asking);
    assertThat(page.requests()).contains("http://127.0.0.1:9/x.png");
    assertThat(page.complaints()).isNotEmpty();
  }

  @Test
  void marksInATitleStayText() throws Exception {
    open();
    assertThat(page.evaluate("document.querySelector('h1').textContent").asText())
        .isEqualTo("A page </script><b>with marks</b>");
  }

  @Test
  void aClickOnAFamilyHidesItsPointsInChartsAndTable() throws Exception {
    open();
    assertThat(page.evaluate(ROWS + ".length").asInt()).isEqualTo(12);
    page.click("document.querySelector('[data-family^=Integer]')");
    assertThat(page.evaluate(COUNT).asText()).isEqualTo("3 of 6 designs");
    assertThat(page.evaluate(ROWS + ".length").asInt()).isEqualTo(3);
    page.click("document.querySelector('[data-family^=Integer]')");
    assertThat(page.evaluate(ROWS + ".length").asInt()).isEqualTo(12);
  }

  @Test
  void aClickOnAHeadSortsAndAnotherTurnsTheOrder() throws Exception {
    open();
    String head =
        "[...document.querySelectorAll('#point-table th')].find(h => h.textContent.startsWith('design'))";
    String cells = ROWS + ".map(r => r.cells[5].textContent)";
    assertThat(texts(page.evaluate(cells)))
        .hasSize(12)
        .isNotEqualTo(texts(page.evaluate(cells + ".sort()")));
    page.click(head);
    assertThat(texts(page.evaluate(cells))).isSorted();
    page.click(head);
    assertThat(texts(page.evaluate(cells))).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void aMarkNamesItsPoint() throws Exception {
    open();
    page.evaluate("document.getElementById('scatter').scrollIntoView({block: 'center'})");
    JsonNode mark =
        page.evaluate(
            """
            (() => {
              const chart = echarts.getInstanceByDom(document.getElementById('scatter'));
              const i = chart.getOption().series.findIndex(s => s.type === 'scatter' && s.data.length > 0);
              const item = chart.getOption().series[i].data[0];
              const [x, y] = chart.convertToPixel({seriesIndex: i}, item.value);
              const box = document.getElementById('scatter').getBoundingClientRect();
              return {x: x + box.x, y: y + box.y, name: item.point.name};
            })()
            """);
    page.move(mark.get("x").asDouble() - 30, mark.get("y").asDouble() - 30, false);
    page.move(mark.get("x").asDouble(), mark.get("y").asDouble(), false);
    assertThat(page.evaluate("document.getElementById('scatter').textContent").asText())
        .contains(mark.get("name").asText());
  }

  @Test
  void aDragAlongAnAxisKeepsWhatCrossesItThere() throws Exception {
    open();
    page.evaluate("document.getElementById('parallel').scrollIntoView({block: 'center'})");
    JsonNode box =
        page.evaluate(
            "(r => ({x: r.x, y: r.y, h: r.height}))(document.getElementById('parallel').getBoundingClientRect())");
    double x = box.get("x").asDouble() + 84;
    double top = box.get("y").asDouble() + 76;
    double bottom = box.get("y").asDouble() + box.get("h").asDouble() - 20;
    page.drag(x, (top + bottom) / 2, top + 1);
    int kept = Integer.parseInt(page.evaluate(COUNT).asText().split(" ")[0]);
    assertThat(kept).isBetween(1, 5);
    assertThat(page.evaluate(ROWS + ".length").asInt()).isEqualTo(kept);
  }

  @Test
  void aFrontWithLimitsHasThePointsThatHoldThemAll() throws IOException {
    List<List<String>> points = table("points.csv");
    List<String> within = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (Double.parseDouble(column(points, "kl_bits_to_fp32 [bits]").get(i)) <= 0.01
          && Double.parseDouble(column(points, "accuracy [fraction]").get(i)) >= 0.5) {
        within.add(column(points, "unit_energy_per_mac [pJ]").get(i));
      }
    }
    List<String> cheapest = Files.readAllLines(run.resolve("cheapest.csv"));
    assertThat(cheapest).hasSize(2);
    assertThat(cheapest.get(1))
        .contains(
            "\"kl_bits_to_fp32 at most 0.01, bits_per_weight at most 20, accuracy at least 0.5\",")
        .contains("," + within.size() + "," + (6 - within.size()) + ",")
        .contains(
            ","
                + within.stream().min(Comparator.comparing(Double::valueOf)).orElseThrow()
                + ",pJ,");
  }

  @Test
  void everyFigureHasItsDataAsCsv() throws IOException {
    List<String> names = ChildSweep.contents(run).keySet().stream().toList();
    assertThat(names).contains("mnist-mlp-45nm-parallel.csv");
    assertThat(names.stream().filter(name -> name.endsWith(".png")))
        .hasSize(5)
        .allSatisfy(
            name ->
                assertThat(names)
                    .contains(name.replace(".png", ".csv"), name.replace(".png", ".svg")));
  }

  @Test
  void dataOfAFigureAreItsPoints() throws IOException {
    List<String> lines =
        Files.readAllLines(
            run.resolve("mnist-mlp-45nm-kl_bits_to_fp32-vs-unit_energy_per_mac.csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "series,label,Energy of the unit per multiply-accumulate [pJ],Divergence from the float run [bits],standard_error,on_front");
    assertThat(lines).hasSize(7);
  }

  @Test
  void aFootprintIsEnergyTimesInferencesTimesIntensity() throws IOException {
    List<List<String>> points = table("points.csv");
    double microjoules = Double.parseDouble(column(points, "energy_per_inference [uJ]").get(0));
    double kilowattHours = Double.parseDouble(column(points, "footprint_energy [kWh]").get(0));
    assertThat(kilowattHours).isCloseTo(microjoules * 1e-6 * 1e9 / 3.6e6, within(kilowattHours));
    double kilograms = Double.parseDouble(column(points, "footprint_co2 [kg]").get(0));
    assertThat(kilograms).isCloseTo(kilowattHours * 0.4, within(kilograms));
  }

  /** Nine digits are written. */
  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value * 1e-8);
  }
}
