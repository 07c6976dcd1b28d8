package macroscope.calibrate;

/**
 * A correction of a layer's result beside the quantized product: {@code X R^T L^T}.
 *
 * @param left N x rank, row-major; shared, not to be modified
 * @param right rank x K, row-major; shared, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record LowRank(double[] left, double[] right, int rank) {

  /** Adds the correction to rows x N results. */
  void addTo(double[] results, double[] x, int rows) {
    int k = right.length / rank;
    int n = left.length / rank;
    double[] inner = new double[rank];
    for (int row = 0; row < rows; row++) {
      for (int r = 0; r < rank; r++) {
        inner[r] = dot(x, row * k, right, r * k, k);
      }
      for (int j = 0; j < n; j++) {
        results[row * n + j] += dot(inner, 0, left, j * rank, rank);
      }
    }
  }

  private static double dot(double[] a, int atA, double[] b, int atB, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[atA + i] * b[atB + i];
    }
    return sum;
  }
}
