package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import macroscope.format.Formats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorFormatTest {

  private static VectorCodebook book(int dimension, double... entries) {
    return VectorCodebook.rounded(Formats.BINARY16, dimension, entries);
  }

  private static VectorCodebook random(int dimension, int bits) {
    SplittableRandom random = new SplittableRandom(bits);
    return book(dimension, random.doubles((long) dimension << bits, -1, 1).toArray());
  }

  private static VectorFormat format(VectorCodebook... stages) {
    return new VectorFormat("vectors", List.of(stages));
  }

  @Test
  void aVectorTakesTheNearestEntry() {
    VectorFormat format = format(book(2, 0, 0, 1, 1, -1, 1));
    assertThat(format.quantize(new double[] {0.9, 0.2, -2, 0.4}, 1, 4).decode())
        .containsExactly(1, 1, -1, 1);
  }

  @Test
  void aSecondStageTakesWhatTheFirstLeaves() {
    VectorFormat format = format(book(2, 0, 0, 4, 4), book(2, 0, 0, -1, 0, 0, 1));
    assertThat(format.quantize(new double[] {3.1, 4.2, 0.1, 0.8}, 1, 4).decode())
        .containsExactly(3, 4, 0, 1);
  }

  @Test
  void theLastVectorOfARowIsPadded() {
    VectorFormat format = format(book(2, 0, 0, 1, 0));
    assertThat(format.quantize(new double[] {1, 0, 1, 0, 0, 1}, 2, 3).decode())
        .containsExactly(1, 0, 1, 0, 0, 1);
  }

  private static TensorFormat scaled(String scheme, VectorCodebook... books) {
    return TensorFormats.parse(scheme).withCodebooks(List.of(books));
  }

  @Test
  void rowsAreDividedByTheirRootMeanSquare() {
    TensorFormat format = scaled("vq1_1:channel:fp16", book(1, -1, 1));
    assertThat(Quantizer.quantize(format, new double[] {3, -3, 0.5, 0.5}, 2, 2).decode())
        .containsExactly(3, -3, 0.5, 0.5);
  }

  @Test
  void groupsHaveScalesOfTheirOwn() {
    TensorFormat format = scaled("vq2_1:group4:absmax", book(2, -1, 1, 1, 0.5));
    double[] x = {-2, 2, 2, 1, 16, 8, -16, 16};
    assertThat(Quantizer.quantize(format, x, 1, 8).decode()).containsExactly(x);
    assertThat(Quantizer.quantize(format, x, 1, 8).scales(0)).containsExactly(2, 16);
  }

  @Test
  void scalesAreStoredBesideIndicesAndCodebooks() {
    assertThat(TensorFormats.parse("vq8_8_8:group128:fp16").bitsPerElement(1024, 1024))
        .isEqualTo(TensorFormats.parse("vq8_8_8").bitsPerElement(1024, 1024) + 16 / 128.0);
  }

  /** Index bits of VPTQ and AQLM; tables of 2^I * V * 16 bits spread over 4096 x 4096 elements. */
  @ParameterizedTest
  @CsvSource({"8, 12, 0, 1.5, 524288", "8, 8, 8, 2, 65536", "6, 12, 0, 2, 393216"})
  void indicesAndTablesCountAsStorage(
      int dimension, int first, int second, double indexBits, long tableBits) {
    VectorFormat format =
        second == 0
            ? format(random(dimension, first))
            : format(random(dimension, first), random(dimension, second));
    int columns = 4096 / dimension * dimension;
    assertThat(format.bitsPerElement(4096, columns))
        .isEqualTo(indexBits + (double) tableBits / (4096.0 * columns));
  }

  @Test
  void stagesHaveOneDimension() {
    assertThatThrownBy(() -> format(book(1, 0, 1), book(2, 0, 0, 1, 1)))
        .hasMessage("vectors: stages must be one or more, of one dimension: 2");
  }

  @Test
  void entriesMustBeWholeVectors() {
    assertThatThrownBy(() -> book(2, 0, 0, 1))
        .hasMessage("entries must make two vectors of 2 or more: 3");
  }
}
