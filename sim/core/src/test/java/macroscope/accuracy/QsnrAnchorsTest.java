package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import macroscope.config.QsnrSweepFile;
import macroscope.format.RoundingMode;
import macroscope.sweep.QsnrSweep;
import macroscope.sweep.QsnrSweep.Matrix;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** QSNR in decibels against another program's, on the distributions of the papers. */
class QsnrAnchorsTest {

  private static final int ROWS = 6000;
  private static final int COLUMNS = 256;

  /** The sweep that draws the chart, on fewer rows. */
  private static final List<QsnrSweep.Result> RESULTS =
      shortened(QsnrSweepFile.read(Path.of("../../configs/sweeps/qsnr-published.yaml")))
          .run(Progress.NONE);

  private static final double[] HEAVY_TAILS = Distribution.STUDENT_T5.sample(1, ROWS, COLUMNS);
  private static final double[] GAUSSIAN = Distribution.GAUSSIAN.sample(1, ROWS, COLUMNS);

  private static QsnrSweep shortened(QsnrSweep sweep) {
    List<Matrix> matrices =
        sweep.matrices().stream()
            .map(m -> new Matrix(m.distribution(), ROWS, m.columns(), m.seed()))
            .toList();
    return new QsnrSweep(sweep.name(), sweep.title(), matrices, sweep.series());
  }

  private static double qsnr(String scheme, RoundingMode rounding) {
    return RESULTS.stream()
        .filter(
            r ->
                r.format().name().equals(scheme)
                    && r.series().treatment().name().equals(rounding.lowerCaseName()))
        .mapToDouble(r -> r.qsnr().value())
        .findFirst()
        .orElseThrow();
  }

  /** 20,000 rows of N(0, s^2), s = |N(0, 1)|, by numpy: the setup of arXiv 2302.08007, section 4. */
  @ParameterizedTest
  @CsvSource({
    "mx9, 46.60",
    "mx6, 28.37",
    "mx4, 15.78",
    "msfp16, 43.00",
    "msfp14, 30.94",
    "msfp12, 18.85",
    "e4m3fn:channel, 31.67",
    "e5m2:channel, 25.67",
    "gen_e3m4_ieee:channel, 37.76",
    "e2m3fn:channel, 31.34",
    "e3m2fn:channel, 25.67",
    "e2m1fn:channel, 19.08",
    "int8:channel, 43.17",
    "int4:channel, 17.99",
    "int8:group16, 46.57",
    "int4:group16, 21.40",
    "mxfp8_e4m3, 30.49",
    "mxfp8_e5m2, 25.34",
    "mxfp6_e3m2, 25.34",
    "mxfp6_e2m3, 30.97",
    "mxfp4, 18.75",
    "mxint8, 42.01",
    "mxint6, 29.97",
    "mxint4, 17.90",
    "nvfp4, 20.43",
    "nvint4, 21.28"
  })
  void theQsnrOfAFormatIsThatOfAnotherProgram(String scheme, double decibels) {
    assertThat(qsnr(scheme, RoundingMode.TIES_TO_EVEN)).isCloseTo(decibels, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"mx9, 40.63", "mx6, 22.76", "mx4, 11.37"})
  void truncatingCostsSixDecibels(String scheme, double decibels) {
    assertThat(qsnr(scheme, RoundingMode.TOWARD_ZERO)).isCloseTo(decibels, within(0.05));
  }

  /** What a level, its length and its bits are worth. */
  @ParameterizedTest
  @CsvSource({
    "mx9, msfp16, 3.60",
    "mx6, bdr_m4_k16_8_d1, 2.34",
    "bdr_m4_k16_1_d1, mx6, 0.87",
    "bdr_m4_k16_2_d2, mx6, 0.74"
  })
  void aFinerLevelGains(String finer, String coarser, double decibels) {
    RoundingMode even = RoundingMode.TIES_TO_EVEN;
    assertThat(qsnr(finer, even) - qsnr(coarser, even)).isCloseTo(decibels, within(0.05));
  }

  /** Theorem 1 of arXiv 2302.08007 bounds the QSNR of any distribution from below. */
  @ParameterizedTest
  @CsvSource({"mx9, 7", "mx6, 4", "mx4, 2"})
  void noFormatIsBelowItsBound(String scheme, int mantissaBits) {
    double bound = BlockTheory.lowerBound(mantissaBits, 16, 2, 1, COLUMNS);
    assertThat(qsnr(scheme, RoundingMode.TIES_TO_EVEN)).isGreaterThan(bound);
  }

  /** No other format of the sweep has fewer bits and more decibels. */
  @ParameterizedTest
  @ValueSource(strings = {"mx9", "mx6", "mx4"})
  void sharedMicroexponentsAreOnTheFront(String scheme) {
    assertThat(QsnrSweep.front(RESULTS).members())
        .extracting(member -> member.first().format().name())
        .contains(scheme);
  }

  /** Absmax scales for 128 elements of a t distribution of 5 degrees, as the SF4 paper has them. */
  @ParameterizedTest
  @CsvSource({
    "int5:group128, 21.86",
    "nf4:group128, 18.55",
    "e2m1fn:group128, 18.16",
    "int4:group128, 15.27",
    "int4:group128:full, 16.20",
    "gen_e3m0_fin:group128, 14.76"
  })
  void heavyTailsFavourWhatIsDenseNearZero(String scheme, double decibels) {
    assertThat(Qsnr.of(TensorFormats.parse(scheme), HEAVY_TAILS, ROWS, COLUMNS).value())
        .isCloseTo(decibels, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "nf4:group128, 20.39",
    "e2m1fn:group128, 19.26",
    "int4:group128, 18.60",
    "gen_e3m0_fin:group128, 14.30"
  })
  void onGaussiansTheyAreNearer(String scheme, double decibels) {
    assertThat(Qsnr.of(TensorFormats.parse(scheme), GAUSSIAN, ROWS, COLUMNS).value())
        .isCloseTo(decibels, within(0.1));
  }
}
