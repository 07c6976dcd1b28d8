package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three samples of two outputs; expected values worked out by hand. */
class RegressionScoresTest {
  private static final double[][] RIGHT = {{1, 10}, {2, 20}, {3, 30}};
  private static final double[][] FLOAT_RUN = {{1, 10}, {2, 20}, {3, 32}};
  private static final double[][] FOUND = {{2, 10}, {2, 18}, {3, 32}};

  /** Answers alone. */
  private record Answers(double[][] right) implements Dataset {
    @Override
    public String name() {
      return "answers";
    }

    @Override
    public int size() {
      return right.length;
    }

    @Override
    public int sampleSize() {
      return 1;
    }

    @Override
    public int targets() {
      return right[0].length;
    }

    @Override
    public void input(int sample, double[] out, int at) {
      out[at] = sample;
    }

    @Override
    public int target(int sample, int position) {
      return 0;
    }

    @Override
    public int largestTarget() {
      return 0;
    }

    @Override
    public double answer(int sample, int index) {
      return right[sample][index];
    }

    @Override
    public String digest() {
      return "";
    }
  }

  private static List<Metric> metrics(double[][] outputs) {
    Dataset data = new Answers(RIGHT);
    Scores floats = RegressionScores.of(data, FLOAT_RUN, FLOAT_RUN);
    return RegressionScores.of(data, outputs, FLOAT_RUN).metrics(floats);
  }

  private static Metric metric(double[][] outputs, String name) {
    return metrics(outputs).stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Mean squares of the samples 0.5, 2, 2: mean 1.5, standard error 0.5. In float 0, 0, 2. Mean
   * absolutes 0.5, 1, 1. Answers deviate by (1, 100)/2, 0, (1, 100)/2: variance 101/3. Against the float
   * run, noise 0.5, 2, 0 of signal 101/2, 404/2, 1033/2.
   */
  @ParameterizedTest
  @CsvSource({
    "mse, 1.5, 0.5",
    "mse_delta, 0.8333333333333334, 0.6009252125773316",
    "rmse, 1.224744871391589, 0.20412414523193148",
    "mae, 0.8333333333333334, 0.16666666666666666",
    "r2, 0.9554455445544554, 0.01485148514851485"
  })
  void valuesAndStandardErrorsAreThoseOfTheDefinition(String name, double value, double error) {
    assertThat(metric(FOUND, name).value()).isCloseTo(value, within(1e-12));
    assertThat(metric(FOUND, name).standardError()).isCloseTo(error, within(1e-12));
  }

  @Test
  void signalToNoiseIsThatAgainstTheFloatRun() {
    assertThat(metric(FOUND, "output_qsnr_to_fp32").value())
        .isCloseTo(10 * Math.log10((101 + 404 + 1033) / 5.0), within(1e-9));
  }

  @Test
  void rightAnswersHaveNoError() {
    assertThat(metric(RIGHT, "mse").value()).isZero();
    assertThat(metric(RIGHT, "rmse")).isEqualTo(new Metric("rmse", 0, 0));
    assertThat(metric(RIGHT, "r2").value()).isEqualTo(1);
  }

  @Test
  void theFloatRunDiffersFromItselfByNothing() {
    assertThat(metric(FLOAT_RUN, "mse_delta").value()).isZero();
    assertThat(metric(FLOAT_RUN, "output_qsnr_to_fp32").value())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
