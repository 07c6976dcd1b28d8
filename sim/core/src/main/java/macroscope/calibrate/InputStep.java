package macroscope.calibrate;

/**
 * A step between a layer's input and its quantizer, and what it does to the layer's weights so that the
 * product stays what it was but for constants.
 */
public sealed interface InputStep {

  /** What becomes of rows x K inputs, row-major; a new array. */
  double[] inputs(double[] x, int k);

  /** What becomes of N x K weights, row-major; a new array. */
  double[] weights(double[] w, int k);

  /**
   * Channels divided by factors of their own, weights multiplied: {@code X W^T = (X diag(s)^-1) (W
   * diag(s))^T}.
   *
   * @param factors one for each k, positive; shared, not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Scale(double[] factors) implements InputStep {

    @Override
    public double[] inputs(double[] x, int k) {
      double[] scaled = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        scaled[i] = x[i] / factors[i % k];
      }
      return scaled;
    }

    @Override
    public double[] weights(double[] w, int k) {
      double[] scaled = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        scaled[i] = w[i] * factors[i % k];
      }
      return scaled;
    }
  }

  /**
   * Channels less a constant of their own; the weights stay, and their product with the constants is
   * added to the result: {@code X W^T = (X - 1 z^T) W^T + 1 (W z)^T}.
   *
   * @param centres one for each k; shared, not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Shift(double[] centres) implements InputStep {

    @Override
    public double[] inputs(double[] x, int k) {
      double[] shifted = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        shifted[i] = x[i] - centres[i % k];
      }
      return shifted;
    }

    @Override
    public double[] weights(double[] w, int k) {
      return w.clone();
    }
  }

  /**
   * Runs of channels turned by one orthogonal matrix, both sides alike: {@code X W^T = (X R) (W R)^T}
   * since {@code R R^T = 1}.
   */
  record Rotate(HadamardRotation rotation) implements InputStep {

    @Override
    public double[] inputs(double[] x, int k) {
      return rotation.apply(x, k);
    }

    @Override
    public double[] weights(double[] w, int k) {
      return rotation.apply(w, k);
    }
  }
}
