package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import macroscope.tensor.Coding;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;

class FittedFormatTest {

  private static double[] numbers(int count) {
    return new SplittableRandom(4).doubles(count, -1, 1).toArray();
  }

  @Test
  void aFormatThatLearnsNothingIsItself() {
    TensorFormat format = TensorFormats.parse("int4:channel");
    assertThat(FittedFormat.of(format, numbers(64), 8)).isSameAs(format);
  }

  @Test
  void vectorsGetACodebookForEachStage() {
    TensorFormat fitted = FittedFormat.of(TensorFormats.parse("vq4_4_3"), numbers(2048), 64);
    assertThat(((Coding.Vectors) fitted.coding()).codebooks()).hasSize(2);
  }

  /** Rows a thousand times as large as others: a codebook of what scales leave serves both. */
  @Test
  void codebooksAreLearntFromWhatScalesLeave() {
    double[] x = numbers(4096);
    for (int i = 0; i < x.length; i += 128) {
      for (int k = i; k < i + 64; k++) {
        x[k] *= 1000;
      }
    }
    double plain = Qsnr.of(TensorFormats.parse("vq4_5"), x, 64, 64).value();
    double[] small = x.clone();
    TensorFormat scaled = FittedFormat.of(TensorFormats.parse("vq4_5:channel:fp16"), x, 64);
    double[] decoded = Quantizer.quantize(scaled, x, 64, 64).decode();
    for (int i = 0; i < x.length; i++) {
      boolean large = i / 64 % 2 == 0;
      small[i] = large ? 0 : x[i];
      decoded[i] = large ? 0 : decoded[i];
    }
    assertThat(plain).isGreaterThan(5);
    assertThat(noise(small, decoded)).isLessThan(0.2);
  }

  private static double noise(double[] x, double[] decoded) {
    double error = 0;
    double signal = 0;
    for (int i = 0; i < x.length; i++) {
      error += (x[i] - decoded[i]) * (x[i] - decoded[i]);
      signal += x[i] * x[i];
    }
    return error / signal;
  }

  @Test
  void theSameMatrixGivesTheSameCodes() {
    double[] x = numbers(2048);
    TensorFormat format = TensorFormats.parse("vq4_4");
    assertThat(Quantizer.quantize(FittedFormat.of(format, x, 64), x, 32, 64).codes())
        .isEqualTo(Quantizer.quantize(FittedFormat.of(format, x, 64), x, 32, 64).codes());
  }

  @Test
  void moreEntriesLeaveLessError() {
    double[] x = numbers(4096);
    double few = Qsnr.of(TensorFormats.parse("vq4_3"), x, 64, 64).value();
    assertThat(Qsnr.of(TensorFormats.parse("vq4_6"), x, 64, 64).value()).isGreaterThan(few);
  }

  @Test
  void asManyEntriesAsVectorsLeaveTheErrorOfTheirFormatAlone() {
    double[] x = numbers(64);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.rint(x[i] * 64) / 64;
    }
    assertThat(Qsnr.of(TensorFormats.parse("vq4_4_2"), x, 8, 8).value()).isInfinite();
  }
}
