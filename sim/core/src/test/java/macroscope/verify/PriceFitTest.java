package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import macroscope.config.TechnologyFile;
import macroscope.cost.CostModel;
import macroscope.cost.MemoryPrices;
import macroscope.cost.PriceFit;
import macroscope.cost.PriceTable;
import macroscope.cost.Quantity;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.SynthesisRow;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFitTest {

  private static final Path TECHNOLOGIES = Path.of("..", "..", "configs", "technologies");

  private static Path file() {
    return file("/vectors/synthesis.csv");
  }

  private static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(PriceFitTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final List<SynthesisRow> PUBLISHED = SynthesisFile.read(file());
  private static final List<SynthesisRow> OWN = SynthesisFile.read(file("/rtl/synthesis.csv"));
  private static final List<SynthesisRow> ROWS =
      Stream.concat(PUBLISHED.stream(), OWN.stream()).toList();

  private static SynthesisMetric metric(String column) {
    return SynthesisMetric.of(column).orElseThrow();
  }

  private static double meanError(List<PriceFit.Residual> residuals) {
    return residuals.stream().mapToDouble(r -> Math.abs(r.relative())).average().orElseThrow();
  }

  @Test
  void everyRowOfTheSampleIsRead() {
    assertThat(PUBLISHED).hasSize(63);
  }

  @ParameterizedTest
  @CsvSource({"lut6, 0.09", "nand2_eq, 0.07", "delay_ps, 0.09"})
  void ourOwnRowsDoNotSpoilWhatIsSaidOfPublishedOnes(String column, double bound) {
    List<PriceFit.Residual> published =
        PriceFit.of(ROWS, metric(column)).residuals().stream()
            .filter(residual -> PUBLISHED.contains(residual.row()))
            .toList();
    assertThat(meanError(published)).isLessThan(bound);
  }

  @ParameterizedTest
  @CsvSource({"lut6, 0.14", "nand2_eq, 0.105", "delay_ps, 0.105"})
  void publishedRowsAlonePredictOurOwn(String column, double bound) {
    assertThat(meanError(PriceFit.of(PUBLISHED, metric(column)).heldOut(OWN))).isLessThan(bound);
  }

  @ParameterizedTest
  @CsvSource({
    "lut6, 0.09",
    "nand2_eq, 0.075",
    "area_nangate45_um2, 0.07",
    "delay_ps, 0.09",
    "delay_nangate45_ps, 0.11",
    "fmax_ice40_mhz, 0.095"
  })
  void measurementsOfFittedRowsAreMet(String column, double bound) {
    assertThat(meanError(PriceFit.of(ROWS, metric(column)).residuals())).isLessThan(bound);
  }

  @ParameterizedTest
  @CsvSource({
    "lut6, 0.105",
    "nand2_eq, 0.085",
    "area_nangate45_um2, 0.08",
    "delay_ps, 0.10",
    "delay_nangate45_ps, 0.125",
    "fmax_ice40_mhz, 0.12"
  })
  void measurementsOfFormatsThatWereLeftOutAreMet(String column, double bound) {
    assertThat(meanError(PriceFit.of(ROWS, metric(column)).leaveOneFormatOut())).isLessThan(bound);
  }

  @ParameterizedTest
  @CsvSource({
    "lut6, 0.16",
    "nand2_eq, 0.09",
    "area_nangate45_um2, 0.14",
    "delay_ps, 0.105",
    "delay_nangate45_ps, 0.14",
    "fmax_ice40_mhz, 0.17"
  })
  void kindsOfUnitsThatWereLeftOutAreMet(String column, double bound) {
    assertThat(meanError(PriceFit.of(ROWS, metric(column)).leaveOneUnitOut())).isLessThan(bound);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lut6",
        "nand2_eq",
        "area_nangate45_um2",
        "delay_ps",
        "delay_nangate45_ps",
        "fmax_ice40_mhz"
      })
  void theShippedTechnologyIsWhatTheFitGives(String column) {
    SynthesisMetric metric = metric(column);
    TechnologyNode shipped =
        TechnologyFile.read(TECHNOLOGIES.resolve(metric.technology() + ".yaml"));
    PriceFit fit = PriceFit.of(ROWS, metric);
    String source = fit.residuals().size() + " rows of synthesis results";
    PriceTable fitted = fit.table(metric, source);
    PriceTable table = shipped.table(metric.quantity()).orElseThrow();
    assertThat(table).isEqualTo(fitted.withBlocksOf(table));
  }

  /** Rows made from prices that are in the proportions of the expected ones. */
  @Test
  void pricesThatAreAsExpectedAreFoundExactly() {
    SynthesisMetric metric = metric("nand2_eq");
    PriceTable made = PriceFit.of(scaled(PUBLISHED), metric).table(metric, "made");
    PriceTable again = PriceFit.of(priced(made), metric).table(metric, "made");
    assertThat(again).isEqualTo(made);
  }

  /** All rows measured as one full adder for each NAND2, so that the fit sees other numbers. */
  private static List<SynthesisRow> scaled(List<SynthesisRow> rows) {
    return rows.stream().map(row -> with(row, "nand2_eq", fullAdders(row))).toList();
  }

  private static SynthesisRow with(SynthesisRow row, String column, double value) {
    return new SynthesisRow(
        row.origin(),
        row.unit(),
        row.formats(),
        row.length(),
        row.inventory(),
        Map.of(column, value));
  }

  private static double fullAdders(SynthesisRow unit) {
    Map<String, Double> factors =
        Map.of(
            "adder", 1.0,
            "leading_zero_counter", 1.0,
            "maximum", 1.573,
            "multiplier", 0.27,
            "negator", 0.45,
            "shifter", 0.573,
            "register", 0.0);
    return unit.inventory().lines().stream()
        .mapToDouble(
            line ->
                line.perUnit(Feature.SIZE) * factors.get(line.component().kind())
                    + line.perUnit(Feature.CARRIES))
        .sum();
  }

  private static List<SynthesisRow> priced(PriceTable prices) {
    TechnologyNode node =
        new TechnologyNode(
            "made", "node", 1, "made", Map.of(Quantity.AREA, prices), MemoryPrices.NONE, List.of());
    List<SynthesisRow> rows = new ArrayList<>();
    for (SynthesisRow row : PUBLISHED) {
      double area = new CostModel(node).combinational(Quantity.AREA, row.inventory());
      rows.add(with(row, "nand2_eq", area));
    }
    return rows;
  }

  /** Tables of constants, weights scaled first, ternary tables, stages: rows of which no price was fitted. */
  @ParameterizedTest
  @CsvSource({"lut6, 0.11", "nand2_eq, 0.10", "delay_ps, 0.15", "fmax_ice40_mhz, 0.15"})
  void rowsThatNoPriceHasSeenAreMet(String column, double bound) {
    List<SynthesisRow> unseen = SynthesisFile.read(file("/rtl/synthesis-unseen.csv"));
    assertThat(meanError(PriceFit.of(ROWS, metric(column)).heldOut(unseen))).isLessThan(bound);
  }

  @Test
  void noRowIsBothFittedAndUnseen() {
    List<Inventory> fitted = OWN.stream().map(SynthesisRow::inventory).toList();
    assertThat(SynthesisFile.read(file("/rtl/synthesis-unseen.csv")))
        .noneMatch(row -> fitted.contains(row.inventory()));
  }

  @Test
  void noFittedPriceIsNegative() {
    assertThat(PriceFit.of(ROWS, metric("lut6")).prices().values()).allMatch(price -> price >= 0);
  }

  @Test
  void everyKindOfPartGetsAPrice() {
    SynthesisMetric metric = metric("lut6");
    assertThat(PriceFit.of(ROWS, metric).table(metric, "rows").sorted().keySet())
        .containsExactlyElementsOf(Component.KINDS);
  }

  @Test
  void tooFewRowsAreRefused() {
    assertThatThrownBy(() -> PriceFit.of(ROWS.subList(0, 3), metric("lut6")))
        .hasMessage("rows that have lut6 must be at least 8 to fit as many prices: 3");
  }

  @Test
  void flipFlopsOfEveryRowAreCountedExactly() {
    FileReport report =
        Verifier.of(List.of(), TimedMachines.none(), 2, 0).verify(List.of(file())).get(0);
    assertThat(report.metrics().get("ff").greatestRelativeError()).isZero();
  }

  @Test
  void slicesOfEveryRowAreCountedExactly() {
    List<FileReport> reports =
        Verifier.of(List.of(), TimedMachines.none(), 2, 0)
            .verify(List.of(file(), file("/rtl/synthesis.csv")));
    assertThat(reports).allMatch(r -> r.metrics().get("dsp").greatestRelativeError() == 0);
  }

  @Test
  void aMetricWithoutItsTechnologyIsNotPredicted() {
    FileReport report =
        Verifier.of(List.of(), TimedMachines.none(), 2, 0).verify(List.of(file())).get(0);
    assertThat(report.metrics().keySet()).containsExactly("carry4", "dsp", "ff");
  }
}
