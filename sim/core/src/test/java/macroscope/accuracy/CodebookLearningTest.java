package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import macroscope.format.CodebookFormat;
import macroscope.format.Formats;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.tensor.VectorFormat;
import org.junit.jupiter.api.Test;

class CodebookLearningTest {

  private static final int COLUMNS = 64;
  private static final double[] X = gaussian();
  private static final CodebookLearning LEARNING = new CodebookLearning(7, 4096, 60);

  private static double[] gaussian() {
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.range(0, 128 * COLUMNS).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static double error(double[] decoded) {
    double sum = 0;
    for (int i = 0; i < X.length; i++) {
      sum += (decoded[i] - X[i]) * (decoded[i] - X[i]);
    }
    return sum / X.length;
  }

  private static double error(CodebookFormat codebook) {
    ScaleLevel level =
        new ScaleLevel(new Extent.Group(COLUMNS), Optional.empty(), ScaleRule.ABSMAX);
    TensorFormat format = new TensorFormat("learnt", codebook, List.of(level));
    return error(Quantizer.quantize(format, X, X.length / COLUMNS, COLUMNS).decode());
  }

  @Test
  void aLearntCodebookHasTheEndsAndZero() {
    assertThat(LEARNING.normalized("learnt", X, COLUMNS, COLUMNS, 4).values())
        .hasSize(16)
        .contains(-1.0, 0.0, 1.0);
  }

  @Test
  void aLearntCodebookIsNearerThanOneForUniformNumbers() {
    double uniform =
        error(
            Quantizer.quantize(
                    TensorFormats.parse("int4:group" + COLUMNS), X, X.length / COLUMNS, COLUMNS)
                .decode());
    assertThat(error(LEARNING.normalized("learnt", X, COLUMNS, COLUMNS, 4))).isLessThan(uniform);
  }

  @Test
  void theSameSeedGivesTheSameCodebook() {
    assertThat(LEARNING.scalar("learnt", X, 3)).isEqualTo(LEARNING.scalar("learnt", X, 3));
  }

  /** Lloyd and Max: four levels for a normal distribution are +-0.4528 and +-1.510. */
  @Test
  void fourLevelsOfANormalDistributionAreThoseOfLloydAndMax() {
    assertThat(new CodebookLearning(7, X.length, 200).scalar("learnt", X, 2).values())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 0.05 ? 0 : Double.compare(a, b))
        .containsExactly(-1.510, -0.4528, 0.4528, 1.510);
  }

  @Test
  void aSecondStageLowersTheError() {
    int rows = X.length / COLUMNS;
    VectorFormat one =
        LEARNING.vectors(
            "one", X, rows, COLUMNS, 4, List.of(5), Formats.BINARY16, Formats.BINARY16);
    VectorFormat two =
        LEARNING.vectors(
            "two", X, rows, COLUMNS, 4, List.of(5, 5), Formats.BINARY16, Formats.BINARY16);
    assertThat(error(two.quantize(X, rows, COLUMNS).decode()))
        .isLessThan(0.6 * error(one.quantize(X, rows, COLUMNS).decode()));
  }

  @Test
  void dataMustHaveAsManyValuesAsTheCodebook() {
    assertThatThrownBy(() -> LEARNING.scalar("learnt", new double[] {1, 2, 3}, 2))
        .hasMessage("data must have 4 vectors for as many entries: 3");
  }
}
