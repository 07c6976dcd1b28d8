package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalValueTest {

  @ParameterizedTest
  @CsvSource({
    "0.1",
    "-123.456e-30",
    "1e308",
    "4.9e-324",
    "5e-324",
    "0x1.8p3",
    "-0",
    "2.2250738585072012e-308"
  })
  void aNumberRoundsToTheDoubleOfTheJdk(String text) {
    long code =
        Formats.BINARY64.encode(
            DecimalValue.parse(text), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    assertThat(Double.longBitsToDouble(code)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void aDyadicDecimalIsExact() {
    assertThat(DecimalValue.parse("-2.75")).isEqualTo(Value.of(-11, -2));
  }

  @Test
  void infinitiesHaveNames() {
    assertThat(DecimalValue.parse("-Inf")).isEqualTo(Value.NEGATIVE_INFINITY);
  }
}
