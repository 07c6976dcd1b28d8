package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreatmentTest {

  private static final int ROWS = 400;
  private static final int COLUMNS = 256;
  private static final double[] X = Distribution.UNIFORM.sample(3, ROWS, COLUMNS);

  private static double qsnr(String scheme, String treatment) {
    TensorFormat format = TensorFormats.parse(scheme);
    return Qsnr.of(Treatment.named(treatment, 7).restoration().apply(format), X, ROWS, COLUMNS)
        .value();
  }

  /** Errors of a step d: d^2/12 to nearest, d^2/6 at random, d^2/3 where everything is cut off. */
  @ParameterizedTest
  @CsvSource({
    "ties-to-away, 0",
    "noise, 0",
    "stochastic:12, 3.0103",
    "stochastic_fast:12, 3.0103",
    "TOWARD_ZERO, 6.0206",
    "rd, 6.0206",
    "to-odd, 6.0206"
  })
  void itCostsWhatTheVarianceOfItsErrorSays(String treatment, double decibels) {
    assertThat(qsnr("int8:tensor", "rne") - qsnr("int8:tensor", treatment))
        .isCloseTo(decibels, within(0.08));
  }

  @Test
  void theNameIsThatOfReports() {
    assertThat(Treatment.named("Stochastic-Odd:4", 1).name()).isEqualTo("stochastic_odd:4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "stochastic", "stochastic:4:3", "noisy", "", "odd:3"})
  void anotherNameIsRefused(String name) {
    assertThatThrownBy(() -> Treatment.named(name, 1))
        .hasMessage("must be one of " + Treatment.NAMES + ": " + name);
  }

  @Test
  void randomBitsAreBounded() {
    assertThatThrownBy(() -> Treatment.named("stochastic:31", 1))
        .hasMessage("random bits must be 1..30: 31");
  }
}
