package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleBinaryOperator;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.unit.LogarithmicMultiplication.Carry;
import macroscope.unit.LogarithmicMultiplication.Subnormals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relative errors over all pairs of significands 1.0..0 to 1.1..1, against other people's tables. */
class LogarithmicMultiplicationTest {

  /** Errors relative to the exact product. */
  private record Errors(double mean, double meanMagnitude, double rms, double least, double most) {
    double largest() {
      return Math.max(-least, most);
    }

    /** Mean, root mean square and largest magnitude, with as many places as what is expected. */
    String asIn(String expected) {
      String[] places = expected.split(" ");
      return String.join(
          " ", rounded(mean, places[0]), rounded(rms, places[1]), rounded(largest(), places[2]));
    }
  }

  private static String rounded(double x, String expected) {
    int places = expected.length() - 1 - expected.indexOf('.');
    return String.format(Locale.ROOT, "%+." + places + "f", x)
        .replaceFirst("^\\+0", expected.startsWith("+") ? "+" : "")
        .replaceFirst("^-0", "-");
  }

  private static FloatFormat format(int m) {
    return new FloatFormat("e4m" + m, true, 4, m, 7, SpecialValues.FINITE, true);
  }

  private static DoubleBinaryOperator product(int m, OptionalInt offset, Carry carry) {
    var product =
        new LogarithmicMultiplication(
            format(m), format(m), carry, offset, Optional.empty(), Subnormals.FLUSHED);
    return (i, j) -> {
      long x = product.operandA((7L << m) + (long) i);
      long y = product.operandB((7L << m) + (long) j);
      int exponent = product.unit() + product.shift(x, y);
      return Math.scalb((double) product.significand(x, y), exponent);
    };
  }

  private static double significand(int m, double fraction) {
    return 1 + Math.scalb(fraction, -m);
  }

  private static Errors errors(int m, DoubleBinaryOperator product) {
    double sum = 0;
    double magnitudes = 0;
    double squares = 0;
    double least = 0;
    double most = 0;
    for (int i = 0; i < 1 << m; i++) {
      for (int j = 0; j < 1 << m; j++) {
        double exact = significand(m, i) * significand(m, j);
        double error = product.applyAsDouble(i, j) / exact - 1;
        sum += error;
        magnitudes += Math.abs(error);
        squares += error * error;
        least = Math.min(least, error);
        most = Math.max(most, error);
      }
    }
    double pairs = Math.scalb(1.0, 2 * m);
    return new Errors(sum / pairs, magnitudes / pairs, Math.sqrt(squares / pairs), least, most);
  }

  /** Mean, root mean square, largest error with the carry into the exponent; computed in NumPy. */
  @ParameterizedTest
  @CsvSource({
    "1, +.375 .382 .500",
    "2, +.147 .153 .250",
    "3, +.0493 .0602 .125",
    "4, +.0487 .0587 .125",
    "5, +.0041 .0311 .0729",
    "7, +.0041 .0310 .0729",
    "10, +.0041 .03095 .0729"
  })
  void errorsOfOneIntegerAddition(int m, String expected) {
    OptionalInt offset = LogarithmicMultiplication.lmulOffset(m);
    assertThat(errors(m, product(m, offset, Carry.INTO_EXPONENT)).asIn(expected))
        .isEqualTo(expected);
  }

  /** The same of the printed formula, nothing rounded. */
  @ParameterizedTest
  @CsvSource({
    "1, +.319 .348 .500",
    "2, +.086 .132 .250",
    "3, -.0097 .0814 .182",
    "4, -.0218 .08345 .201",
    "5, -.0587 .0928 .226",
    "7, -.0628 .0953 .232",
    "10, -.0640 .0960 .234"
  })
  void errorsOfThePrintedFormula(int m, String expected) {
    OptionalInt offset = LogarithmicMultiplication.lmulOffset(m);
    assertThat(errors(m, product(m, offset, Carry.IN_SIGNIFICAND)).asIn(expected))
        .isEqualTo(expected);
  }

  /** What rounding alone costs: root mean square error of exact products rounded to m bits. */
  @ParameterizedTest
  @CsvSource({"1, .056", "2, .052", "3, .0247", "4, .0132", "5, .0066", "7, .0017", "10, .0002"})
  void errorsOfARoundedExactProduct(int m, String expected) {
    FloatFormat format = format(m);
    DoubleBinaryOperator product =
        (i, j) ->
            format.decodeDouble(
                format.encodeDouble(
                    significand(m, i) * significand(m, j),
                    RoundingMode.TIES_TO_EVEN,
                    Overflow.SATURATE));
    assertThat(rounded(errors(m, product).rms(), expected).replace("+0", "")).isEqualTo(expected);
  }

  /** Mean magnitude and mean of the errors with the carry into the exponent, in per cent. */
  @ParameterizedTest
  @CsvSource({"3, 5.2 4.9", "4, 5.1 4.9", "7, 2.7 0.4", "10, 2.7 0.4"})
  void meanErrorsInPerCent(int m, String expected) {
    Errors errors =
        errors(m, product(m, LogarithmicMultiplication.lmulOffset(m), Carry.INTO_EXPONENT));
    assertThat(
            String.format(
                Locale.ROOT, "%.1f %.1f", 100 * errors.meanMagnitude(), 100 * errors.mean()))
        .isEqualTo(expected);
  }

  /** 8/9 - 1, where both fractions are one half (Mitchell 1962). */
  @Test
  void mitchellsProductIsAtMostOneNinthTooSmall() {
    Errors errors = errors(8, product(8, OptionalInt.empty(), Carry.INTO_EXPONENT));
    assertThat(errors.least()).isEqualTo(8.0 / 9 - 1);
  }

  @Test
  void mitchellsProductIsNeverTooLarge() {
    Errors errors = errors(8, product(8, OptionalInt.empty(), Carry.INTO_EXPONENT));
    assertThat(errors.most()).isZero();
  }

  @Test
  void mitchellsProductIs385PerCentTooSmallOnTheMean() {
    Errors errors = errors(8, product(8, OptionalInt.empty(), Carry.INTO_EXPONENT));
    assertThat(String.format(Locale.ROOT, "%.2f", 100 * errors.mean())).isEqualTo("-3.85");
  }

  /** ((1 - 2^-m) / 2)^2 - 2^-l: the mean of xm ym less the constant, exact in double precision. */
  @ParameterizedTest
  @CsvSource({
    "1, -0.4375",
    "2, -0.109375",
    "3, 0.06640625",
    "4, 0.0947265625",
    "5, 0.172119140625"
  })
  void theExpectationOfThePrintedFormulaIsItsClosedForm(int m, double expected) {
    DoubleBinaryOperator formula =
        product(m, LogarithmicMultiplication.lmulOffset(m), Carry.IN_SIGNIFICAND);
    double sum = 0;
    for (int i = 0; i < 1 << m; i++) {
      for (int j = 0; j < 1 << m; j++) {
        sum += significand(m, i) * significand(m, j) - formula.applyAsDouble(i, j);
      }
    }
    assertThat(Math.scalb(sum, -2 * m)).isEqualTo(expected);
  }
}
