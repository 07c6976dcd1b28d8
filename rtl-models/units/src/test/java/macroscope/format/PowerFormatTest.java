package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerFormatTest {

  /** Exponent 1/2: values are squares of q / 7. */
  private static final PowerFormat SQUARES = new PowerFormat("nupes4_1_2", 4, 1, 2);

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 1", "3, 0.18367346938775510", "15, -0.020408163265306121", "9, -1"})
  void aCodeIsASignedPower(long code, double value) {
    assertThat(SQUARES.decodeDouble(code)).isEqualTo(value);
  }

  @Test
  void theMostNegativeCodeIsNotUsed() {
    assertThatThrownBy(() -> SQUARES.decode(8))
        .hasMessageStartingWith("nupes4_1_2 has no code 0x8");
  }

  /** x = y^2: the format rounds 7 y. */
  @Test
  void numbersRoundInThePowerDomain() {
    assertThat(IntStream.rangeClosed(-7 * 64, 7 * 64))
        .allMatch(
            i -> {
              double y = i / (7.0 * 64);
              long q = (long) Math.rint(Math.abs(i) / 64.0) * Integer.signum(i);
              boolean tie = Math.abs(i) % 64 == 32;
              double x = Math.copySign(y * y, y);
              long code = SQUARES.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
              return tie || code == (q & 15);
            });
  }

  /** Where {@code x^numerator} lies with respect to {@code (half / (2 most))^denominator}. */
  private static int compareWithDivide(
      double x, int numerator, long half, long most, int denominator) {
    BigDecimal scaled =
        new BigDecimal(x).pow(numerator).multiply(BigDecimal.valueOf(2 * most).pow(denominator));
    return scaled.compareTo(BigDecimal.valueOf(half).pow(denominator));
  }

  /** The number that rounds to a half between two integers divides their codes, at every code. */
  @ParameterizedTest
  @CsvSource({"4, 1, 2", "8, 1, 2", "6, 3, 5", "7, 5, 4", "12, 2, 3", "16, 1, 2"})
  void halvesInThePowerDomainDivideNeighbours(int bits, int numerator, int denominator) {
    PowerFormat format = new PowerFormat("power", bits, numerator, denominator);
    long most = (1L << (bits - 1)) - 1;
    for (long q = 0; q < most; q++) {
      long half = 2 * q + 1;
      double below = Math.pow(half / (2.0 * most), (double) denominator / numerator);
      while (compareWithDivide(below, numerator, half, most, denominator) >= 0) {
        below = Math.nextDown(below);
      }
      double above = Math.nextUp(below);
      while (compareWithDivide(above, numerator, half, most, denominator) <= 0) {
        above = Math.nextUp(above);
      }
      assertThat(format.encodeDouble(below, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
          .isEqualTo(q);
      assertThat(format.encodeDouble(above, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
          .isEqualTo(q + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.25, TIES_TO_EVEN, 0", "0.25, TIES_TO_AWAY, 1", "-0.25, TIES_TO_EVEN, 0"})
  void aTieGoesToTheEvenIntegerOrAwayFromZero(double x, RoundingMode mode, long code) {
    // M = 1: 0.25 is the square of one half.
    PowerFormat ternary = new PowerFormat("nupes2_1_2", 2, 1, 2);
    assertThat(ternary.encodeDouble(x, mode, Overflow.SATURATE)).isEqualTo(code);
  }
}
