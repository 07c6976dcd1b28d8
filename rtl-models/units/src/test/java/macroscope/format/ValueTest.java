package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, -1",
    "-1, 2, -1",
    "-1, -2, 1",
    "0, -0.0, 0",
    "3, 3, 0",
    "-5e-324, 0, -1",
    "1.0000000000000002, 1, 1",
    "Infinity, 1e308, 1",
    "-Infinity, -1e308, -1",
    "Infinity, Infinity, 0",
    "-Infinity, Infinity, -1",
    "0, 1, -1",
    "-1, 0, -1"
  })
  void numbersCompareAsDoublesDo(double a, double b, int order) {
    assertThat(Integer.signum(Value.of(a).compare(Value.of(b)))).isEqualTo(order);
  }

  @Test
  void aNanHasNoOrder() {
    assertThatThrownBy(() -> Value.NAN.compare(Value.ZERO)).hasMessage("NaN has no order");
  }
}
