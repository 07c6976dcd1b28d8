package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodebookFormatTest {

  private static final CodebookFormat TABLE =
      new CodebookFormat("table", List.of(-4.0, -1.0, 0.0, 3.0));

  @ParameterizedTest
  @CsvSource({
    "-9, TIES_TO_EVEN, 0",
    "-2.5, TIES_TO_EVEN, 0",
    "-2.4, TIES_TO_EVEN, 1",
    "1.5, TIES_TO_AWAY, 2",
    "1.6, TIES_TO_EVEN, 3",
    "0.1, TOWARD_POSITIVE, 3",
    "2.9, TOWARD_NEGATIVE, 2",
    "-3.9, TOWARD_ZERO, 1",
    "2.9, TOWARD_ZERO, 2",
    "3, TOWARD_ZERO, 3"
  })
  void aValueTakesANeighboursCode(double value, RoundingMode rounding, long code) {
    assertThat(TABLE.encode(Value.of(value), rounding, Overflow.SATURATE)).isEqualTo(code);
  }

  @Test
  void roundingThatNeedsAnUlpIsRefused() {
    assertThatThrownBy(() -> TABLE.encode(Value.of(1.0), RoundingMode.TO_ODD, Overflow.SATURATE))
        .hasMessage("table has no ulp for the rounding TO_ODD");
  }

  @Test
  void valuesMustDiffer() {
    assertThatThrownBy(() -> new CodebookFormat("table", List.of(1.0, 1.0)))
        .hasMessage("table: distinct values must number 2..65536: 1");
  }

  @Test
  void codesNeedNotAscend() {
    CodebookFormat table = new CodebookFormat("table", List.of(0.0, 2.0, -1.0, 1.0));
    assertThat(table.encodeDouble(-0.7, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)).isEqualTo(2);
  }

  @Test
  void aCodeThatIsNotUsedIsRefused() {
    CodebookFormat table = new CodebookFormat("table", List.of(0.0, Double.NaN, 1.0));
    assertThatThrownBy(() -> table.decode(1)).hasMessage("table has no code 0x1, only 2 values");
  }

  @Test
  void aMidpointNeedNotBeADouble() {
    double high = Math.nextUp(1.0);
    CodebookFormat table = new CodebookFormat("table", List.of(0x1p-80, high));
    assertThat(table.encodeDouble(high / 2, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)).isZero();
  }

  @Test
  void nf4HasAnExactZero() {
    assertThat(Tables.NF4.decode(7)).isEqualTo(Value.ZERO);
  }
}
