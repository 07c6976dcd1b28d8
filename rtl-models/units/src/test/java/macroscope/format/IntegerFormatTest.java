package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegerFormatTest {

  private static final RoundingMode NEAREST = RoundingMode.TIES_TO_EVEN;

  @ParameterizedTest
  @CsvSource({
    "int8, -1000, 80", "int8sym, -1000, 81", "int8, 2.5, 2", "int8, -0.5, 0", "int8, -Infinity, 80",
    "uint8, -3, 0", "uint8, 300, ff", "q2.6sym, -2, 81", "q2.6sym, 1, 40", "uq1.5, 1e30, 3f",
    "ternary, -7, 3", "int32, 2147483648, 7fffffff", "q1.31sym, 1e-300, 0"
  })
  void nearestTakesTheValueToTheCode(String name, double value, String code) {
    NumberFormat format = Formats.canonical(name);
    assertThat(Long.toHexString(format.encode(Value.of(value), NEAREST, Overflow.SATURATE)))
        .isEqualTo(code);
  }

  @Test
  void theUnusedCodeOfASymmetricFormatHasTheValueOfItsBits() {
    assertThat(Formats.canonical("int8sym").decodeDouble(0x80)).isEqualTo(-128);
  }

  @Test
  void nanIsRefused() {
    assertThatThrownBy(
            () -> Formats.canonical("int8").encode(Value.NAN, NEAREST, Overflow.SATURATE))
        .hasMessage("int8 has no code for NaN");
  }

  @Test
  void nativeOverflowIsRefused() {
    assertThatThrownBy(() -> Formats.canonical("int8").encodeDouble(128, NEAREST, Overflow.NATIVE))
        .hasMessage("int8 has no code for a number beyond -128..127 units");
  }
}
