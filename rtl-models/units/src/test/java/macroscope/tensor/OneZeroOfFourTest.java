package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledGemm;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneZeroOfFourTest {

  private static EncodedMatrix quantize(String scheme, int rows, double... x) {
    return Quantizer.quantize(TensorFormats.parse(scheme), x, rows, x.length / rows);
  }

  /** The mean of 2, 3, 1, 4, 2, 1.5 is 2.25. */
  @Test
  void theSmallestOfFourIsZeroAndTheOthersTheirSigns() {
    assertThat(quantize("sherry:channel", 1, 0.5, -2, 3, 1, -4, 0.25, 2, -1.5).decode())
        .containsExactly(0, -2.25, 2.25, 2.25, -2.25, 0, 2.25, -2.25);
  }

  @Test
  void theFirstOfEqualMagnitudesIsZero() {
    assertThat(quantize("sherry:channel", 1, 1, -1, 1, -1).decode()).containsExactly(0, -1, 1, -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sherry:channel", "sherry:tensor", "sherry:group4:fp16"})
  void zerosStayThreeSigns(String scheme) {
    assertThat(quantize(scheme, 1, new double[4]).codes()).containsExactly(0, 1, 1, 1);
  }

  @Test
  void eachGroupHasItsOwnMean() {
    assertThat(quantize("sherry:group4", 1, 0, 1, 2, 3, 0, 4, 4, 4).scales(0))
        .containsExactly(2, 4);
  }

  /** Least squares: no other choice of signs and zeros with its best scale is nearer. */
  @Test
  void noOtherChoiceIsNearer() {
    double[] x = new Random(5).doubles(8, -1, 1).toArray();
    double own = error(x, quantize("sherry:channel", 1, x).decode());
    for (int places = 0; places < 16; places++) {
      double[] t = new double[8];
      for (int i = 0; i < 8; i++) {
        boolean zero = i % 4 == (i < 4 ? places % 4 : places / 4);
        t[i] = zero ? 0 : Math.signum(x[i]);
      }
      double scale = IntStream.range(0, 8).mapToDouble(i -> t[i] * x[i]).sum() / 6;
      assertThat(error(x, Arrays.stream(t).map(v -> v * scale).toArray()))
          .isGreaterThanOrEqualTo(own - 1e-15);
    }
  }

  private static double error(double[] x, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> (x[i] - y[i]) * (x[i] - y[i])).sum();
  }

  @Test
  void aWeightTakesFiveBitsForFour() {
    assertThat(TensorFormats.parse("sherry:tensor").bitsPerElement(64, 64))
        .isEqualTo(1.25 + 32.0 / (64 * 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sherry", "sherry:length=4", "sherry:length=64"})
  void theSherryUnitMultipliesWhatItQuantizes(String name) {
    multiply(Units.create(Units.named(name).orElseThrow()));
  }

  private static <P> void multiply(DotProductUnit<P> unit) {
    Random random = new Random(1);
    EncodedMatrix a =
        Quantizer.quantize(
            TensorFormats.parse("int8:token"), random.doubles(5 * 36, -1, 1).toArray(), 5, 36);
    EncodedMatrix b =
        Quantizer.quantize(
            TensorFormats.parse("sherry:channel"), random.doubles(7 * 36, -1, 1).toArray(), 7, 36);
    ScaledGemm<P> gemm = new ScaledGemm<>(unit);
    double[] c = gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
    double[] x = a.decode();
    double[] y = b.decode();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 7; j++) {
        int row = i;
        int column = j;
        double exact =
            IntStream.range(0, 36).mapToDouble(k -> x[row * 36 + k] * y[column * 36 + k]).sum();
        assertThat(c[i * 7 + j]).isCloseTo(exact, org.assertj.core.data.Offset.offset(1e-6));
      }
    }
  }

  @Test
  void columnsAreWholeFours() {
    assertThatThrownBy(() -> quantize("sherry:channel", 1, 1, 2, 3, 4, 5))
        .hasMessage("sherry:channel: columns must be a multiple of 4: 5");
  }

  @ParameterizedTest
  @CsvSource({
    "sherry, ''",
    "sherry:group6, ': group6'",
    "sherry:channel:absmax, ': channel:absmax'",
    "sherry:channel:sorted, ': channel:sorted'",
    "sherry:tile2x2, ': tile2x2'"
  })
  void whatSherryIsNotIsRefused(String scheme, String given) {
    assertThatThrownBy(() -> TensorFormats.parse(scheme))
        .hasMessage(
            "scheme "
                + scheme
                + ": sherry must be followed by :channel, :tensor or :group<N>, N whole fours, then"
                + " by a float format for scales or nothing"
                + given);
  }
}
