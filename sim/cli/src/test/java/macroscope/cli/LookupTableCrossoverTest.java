package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import macroscope.config.UnitCurvesFile;
import macroscope.sweep.UnitCurves;
import macroscope.sweep.UnitCurves.Finding;
import macroscope.sweep.UnitCurves.Merit;
import macroscope.sweep.UnitCurves.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shape of what LUT Tensor Core publishes (Mo et al., ISCA'25, arXiv 2408.06003, figures 11 and 12),
 * as the shipped comparison computes it from bills of materials and prices.
 */
class LookupTableCrossoverTest {

  private static final List<Point> POINTS =
      UnitCurvesFile.read(
              Path.of(System.getProperty("macroscope.home"), "configs/sweeps/lut-crossover.yaml"))
          .points();

  private static Finding finding(String chart, String curve, Merit merit) {
    return UnitCurves.findings(POINTS).stream()
        .filter(one -> one.chart().name().equals(chart) && one.merit() == merit)
        .filter(one -> one.curve().name().startsWith(curve))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Point> points(String chart, String curve) {
    return POINTS.stream()
        .filter(p -> p.chart().name().equals(chart) && p.curve().name().equals(curve));
  }

  /** Published: up to 6 bits; one bit of play for prices of another library. */
  @Test
  void tablesOfLutTensorCoreAreDenserThanMultipliersUpToAboutSixBits() {
    assertThat(finding("bits-fp16", "LUT Tensor Core", Merit.DENSITY).aheadAt())
        .startsWith(1, 2, 3, 4, 5)
        .doesNotContain(8);
  }

  @Test
  void aConventionalTableIsDenserThanMultipliersUpToTwoBitsOnly() {
    assertThat(finding("bits-fp16", "conventional table", Merit.DENSITY).aheadAt())
        .containsExactly(1, 2);
  }

  @Test
  void bitSerialAddersAreDenserThanMultipliersAtOneAndTwoBitsOnly() {
    assertThat(finding("bits-fp16", "bit-serial adders", Merit.DENSITY).aheadAt())
        .containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource({"N = 16", "N = 64", "N = 256", "N = 1024"})
  void fourInputsAreTheDensestTableOfIntegers(String units) {
    assertThat(finding("inputs-int8", units, Merit.DENSITY).bestAt()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"N = 64", "N = 256", "N = 1024"})
  void fiveInputsAreTheDensestTableOfFloats(String units) {
    assertThat(finding("inputs-fp16", units, Merit.DENSITY).bestAt()).isEqualTo(5);
  }

  @Test
  void aTableOfFourFloatsComesWithinATenthOfOneOfFive() {
    double[] densities = points("inputs-fp16", "N = 64").mapToDouble(Point::density).toArray();
    assertThat(densities[2] / densities[3]).isBetween(0.9, 1.0);
  }

  /** Published for one bit against binary16: 18 times; sums of a pass, not clocks, make the rest. */
  @Test
  void theAdvantageFallsWithEveryBit() {
    double[] densities =
        points("bits-fp16", "LUT Tensor Core, binary16 entries")
            .mapToDouble(Point::density)
            .toArray();
    assertThat(densities).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(densities[0] / densities[7]).isBetween(7.5, 8.5);
  }

  @ParameterizedTest
  @CsvSource({"K = 2", "K = 4", "K = 5", "K = 6", "K = 8"})
  void eachUnitMoreThatReadsATableMakesItDenser(String inputs) {
    assertThat(points("reuse-int8", inputs).mapToDouble(Point::density).toArray()).isSorted();
  }

  @Test
  void everyPointIsPricedAndItsPricesHaveSources() {
    assertThat(POINTS)
        .allSatisfy(
            point -> {
              assertThat(point.density()).isPositive();
              assertThat(point.energyPerOperation()).isPositive();
              assertThat(point.area().prices()).allMatch(price -> !price.source().isBlank());
            });
  }
}
