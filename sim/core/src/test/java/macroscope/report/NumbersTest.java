package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, 0, 0",
    "0.1, 0.1, 0.1",
    "100, 100, 100",
    "123456.789012, 123456.789, 123500",
    "0.00001234567891234, 0.0000123456789, 0.00001235",
    "0.000001234567891234, 1.23456789e-6, 1.235e-6",
    "-3e20, -3e20, -3e20",
    "2.5e-300, 2.5e-300, 2.5e-300"
  })
  void numbersAreRoundedToSignificantDigits(double value, String precise, String readable) {
    assertThat(Numbers.precise(value)).isEqualTo(precise);
    assertThat(Numbers.readable(value)).isEqualTo(readable);
  }

  @Test
  void notANumberIsRefused() {
    assertThatThrownBy(() -> Numbers.precise(Double.NaN)).hasMessage("value must be finite: NaN");
  }
}
