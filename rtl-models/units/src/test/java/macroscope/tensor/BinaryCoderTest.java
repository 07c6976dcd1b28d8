package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCoderTest {

  private static final int COLUMNS = 128;
  private static final double[] X = gaussian();

  private static double[] gaussian() {
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.range(0, 32 * COLUMNS).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static double error(String scheme) {
    double[] decoded = quantize(scheme, X, COLUMNS).decode();
    double sum = 0;
    for (int i = 0; i < X.length; i++) {
      sum += (decoded[i] - X[i]) * (decoded[i] - X[i]);
    }
    return sum / X.length;
  }

  private static EncodedMatrix quantize(String scheme, double[] x, int columns) {
    return Quantizer.quantize(TensorFormats.parse(scheme), x, x.length / columns, columns);
  }

  private static double[] factors(String scheme, double[] x) {
    EncodedPlanes planes = quantize(scheme, x, x.length).planes().orElseThrow();
    return planes.factors().stream().mapToDouble(plane -> plane[0]).toArray();
  }

  /** One plane: the signs and the mean magnitude (Rastegari et al., arXiv 1603.05279). */
  @Test
  void onePlaneIsTheSignsAndTheMeanMagnitude() {
    assertThat(factors("bcq1:channel", new double[] {1, -2, 4, -1})).containsExactly(2);
  }

  /** Sums of 4, 2 and 1 with signs are the odd numbers from -7 to 7. */
  @Test
  void sumsOfThreeFactorsAreFoundAgain() {
    double[] x = IntStream.rangeClosed(0, 7).mapToDouble(i -> 2 * i - 7).toArray();
    assertThat(factors("bcq3:channel", x)).containsExactly(4, 2, 1);
    assertThat(quantize("bcq3:channel", x, x.length).decode()).containsExactly(x);
  }

  @Test
  void anOffsetIsFoundAgain() {
    double[] x = {-1, 1, 5, 7, -1, 7, 1, 5};
    assertThat(factors("bcq2:channel:asym", x)).containsExactly(3, 1, 3);
    assertThat(quantize("bcq2:channel:asym", x, x.length).decode()).containsExactly(x);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 3, -0.5})
  void equalElementsHaveNoError(double value) {
    double[] x = new double[16];
    Arrays.fill(x, value);
    assertThat(quantize("bcq3:channel", x, 16).decode()).containsExactly(x);
  }

  /** Lloyd and Max: 0.3634, 0.1175 and 0.03454 are the least errors of 1, 2 and 3 bits. */
  @ParameterizedTest
  @CsvSource({"1, 0.3634, 0.01", "2, 0.1175, 0.006", "3, 0.03454, 0.01"})
  void errorsOnNormalNumbersAreNextToTheLeast(int planes, double least, double tolerance) {
    assertThat(error("bcq" + planes + ":channel")).isBetween(0.9 * least, least + tolerance);
  }

  @Test
  void planesLowerTheErrorAndGroupsDo() {
    assertThat(error("bcq3:channel")).isLessThan(error("bcq2:channel"));
    assertThat(error("bcq3:group32")).isLessThan(error("bcq3:channel"));
  }

  @Test
  void factorsAreRoundedToTheirFormat() {
    EncodedPlanes planes = quantize("bcq2:group32:e5m2", X, COLUMNS).planes().orElseThrow();
    for (double factor : planes.factors().get(0)) {
      long code = Formats.E5M2.encodeDouble(factor, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
      assertThat(Formats.E5M2.decodeDouble(code)).isEqualTo(factor);
    }
  }

  /** 3 bits, and 3 factors of 16 bits for 32 elements; with an offset 4. */
  @ParameterizedTest
  @CsvSource({"bcq3:group32:fp16, 4.5", "bcq3:group32:asym:fp16, 5", "bcq2:group128, 2.5"})
  void planesAndFactorsAreStored(String scheme, double bits) {
    assertThat(TensorFormats.parse(scheme).bitsPerElement(64, 1024)).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bcq3 | bcq3 needs channel or group<N>; asym and a float format for factors may follow: ",
        "bcq3:group32:absmax | bcq3 needs channel or group<N>; asym and a float format for factors"
            + " may follow: group32:absmax",
        "bcq3:tensor | factors of planes are those of rows or groups: Tensor[]",
        "bcq9:channel | planes must be 1..8: 9",
        "vq8_8:group12 | a scale must span whole vectors of 8: 12"
      })
  void whatIsNoSchemeIsRefused(String scheme, String rule) {
    assertThatThrownBy(() -> TensorFormats.parse(scheme)).hasMessageContaining(rule.trim());
  }
}
