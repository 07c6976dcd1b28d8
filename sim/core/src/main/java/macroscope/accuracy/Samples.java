package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;

/** Quantizes the rows of a batch sample by sample. */
final class Samples {

  private Samples() {}

  /**
   * What matrices to encode: one a sample if a scale spans rows, else all rows at once, which gives the
   * same codes.
   */
  static List<EncodedMatrix> encoded(
      TensorFormat format, double[] x, int rows, int k, int rowsPerSample) {
    boolean together =
        format.levels().stream()
            .map(ScaleLevel::extent)
            .allMatch(extent -> extent instanceof Extent.Row || extent instanceof Extent.Group);
    int step = together ? rows : rowsPerSample;
    List<EncodedMatrix> parts = new ArrayList<>();
    for (int row = 0; row < rows; row += step) {
      double[] part = step == rows ? x : Arrays.copyOfRange(x, row * k, (row + step) * k);
      parts.add(Quantizer.quantize(format, part, step, k));
    }
    return parts;
  }

  /** The values after quantization. Binary32 without scales leaves them as they are. */
  static double[] decoded(TensorFormat format, double[] x, int rows, int k, int rowsPerSample) {
    if (Quantization.isPlain(format)) {
      return x;
    }
    List<EncodedMatrix> parts = encoded(format, x, rows, k, rowsPerSample);
    if (parts.size() == 1) {
      return parts.get(0).decode();
    }
    double[] values = new double[x.length];
    int at = 0;
    for (EncodedMatrix part : parts) {
      double[] decoded = part.decode();
      System.arraycopy(decoded, 0, values, at, decoded.length);
      at += decoded.length;
    }
    return values;
  }
}
