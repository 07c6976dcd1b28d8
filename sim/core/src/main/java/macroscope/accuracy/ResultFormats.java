package macroscope.accuracy;

import java.util.Arrays;
import java.util.Optional;
import macroscope.onnx.ResultKind;
import macroscope.onnx.Tensor;
import macroscope.tensor.Coding;
import macroscope.tensor.TensorFormat;

/**
 * Formats that results of operations besides products are kept in; empty for float. The last axis of a
 * result is K, a scale per tensor spans one sample.
 *
 * @param embeddings rows of tables
 * @param norms normalizations, gain and offset included
 * @param softmax of softmax
 */
public record ResultFormats(
    Optional<TensorFormat> embeddings,
    Optional<TensorFormat> norms,
    Optional<TensorFormat> softmax) {

  /** All in float. */
  public static final ResultFormats NONE =
      new ResultFormats(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if a format learns of weights or channels
   */
  public ResultFormats {
    refuseLearnt(embeddings);
    refuseLearnt(norms);
    refuseLearnt(softmax);
  }

  private static void refuseLearnt(Optional<TensorFormat> format) {
    boolean learns = format.filter(f -> !(f.coding() instanceof Coding.Single)).isPresent();
    if (learns) {
      throw new IllegalArgumentException(
          "results are kept in formats of single elements: "
              + format.map(TensorFormat::name).orElse(""));
    }
  }

  /** The format of a kind of results. */
  public Optional<TensorFormat> of(ResultKind kind) {
    return switch (kind) {
      case EMBEDDING -> embeddings;
      case NORMALIZATION -> norms;
      case SOFTMAX -> softmax;
    };
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** A result as it is kept; samples that are not finite become NaN. */
  Tensor round(ResultKind kind, Tensor x, int samples) {
    return of(kind).map(format -> round(format, x, samples)).orElse(x);
  }

  private static Tensor round(TensorFormat format, Tensor x, int samples) {
    int columns = x.rank() == 0 ? 1 : x.shape()[x.rank() - 1];
    int rows = columns == 0 ? 0 : x.values().length / columns;
    if (rows == 0) {
      return x;
    }
    int rowsPerSample = rows % samples == 0 ? rows / samples : rows;
    return new Tensor(x.type(), x.shape(), kept(format, x.values(), columns, rowsPerSample));
  }

  private static double[] kept(TensorFormat format, double[] x, int columns, int rowsPerSample) {
    int size = rowsPerSample * columns;
    double[] finite = x.clone();
    for (int at = 0; at < x.length; at += size) {
      if (!FiniteSamples.isFinite(x, at, at + size)) {
        Arrays.fill(finite, at, at + size, 0);
      }
    }
    double[] kept = Samples.decoded(format, finite, x.length / columns, columns, rowsPerSample);
    double[] out = kept.clone();
    for (int at = 0; at < x.length; at += size) {
      if (!FiniteSamples.isFinite(x, at, at + size)) {
        Arrays.fill(out, at, at + size, Double.NaN);
      }
    }
    return out;
  }

  /** All that decides bits, for keys; empty for none. */
  public String text() {
    return text("embeddings", embeddings) + text("norms", norms) + text("softmax", softmax);
  }

  private static String text(String what, Optional<TensorFormat> format) {
    return format.map(f -> ", " + what + " " + f.name()).orElse("");
  }
}
