package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import macroscope.tensor.FormatCatalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixFormatsTest {

  private static final int ROWS = 60;
  private static final int COLUMNS = 128;
  private static final double[] X = Distribution.STUDENT_T5.sample(1, ROWS, COLUMNS);

  private static MatrixFormat format(String name) {
    return MatrixFormats.parse(name, FormatCatalogue.builtIn());
  }

  private static double qsnr(String name) {
    return Qsnr.of(format(name).on(X, ROWS, COLUMNS, Treatment.NEAREST), X, ROWS, COLUMNS).value();
  }

  @ParameterizedTest
  @CsvSource({
    "kmeans4:group64, int4:group64",
    "kmeans4:group64:fp16, sf4:group64:fp16",
    "kmeans3:channel, int3:channel",
    // A stage more.
    "vq4_4_4, vq4_4"
  })
  void whatIsLearntLosesLess(String learnt, String other) {
    assertThat(qsnr(learnt)).isGreaterThan(qsnr(other));
  }

  /** 16 values of 16 bits. */
  @ParameterizedTest
  @CsvSource({
    "kmeans4:group64:fp16, 4.25, 256",
    "kmeans2:channel, 2.25, 64",
    "int4:group64, 4.5, 0"
  })
  void tablesCountAsStorage(String name, double bits, double tableBits) {
    assertThat(format(name).bitsPerElement(ROWS, COLUMNS))
        .isCloseTo(bits + tableBits / (ROWS * COLUMNS), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "kmeans1:group64 ! scheme kmeans1:group64: bits of a learnt codebook must be 2..8: 1",
        "kmeans4:tensor ! kmeans4:tensor: a learnt codebook needs a scale for each row or group",
        "kmeans4 ! scheme kmeans4: needs a granularity: kmeans4:channel, :token, :tensor or :group<N>",
      })
  void parametersOutOfRangeAreRefused(String name, String message) {
    assertThatThrownBy(() -> format(name)).hasMessage(message);
  }
}
