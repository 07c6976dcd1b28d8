package macroscope.calibrate;

/** Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) with its usual constants, on one array. */
final class Adam {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double LEAST = 1e-8;

  private final double rate;
  private final double[] mean;
  private final double[] square;
  private double firstPower = 1;
  private double secondPower = 1;

  Adam(int size, double rate) {
    this.rate = rate;
    this.mean = new double[size];
    this.square = new double[size];
  }

  /** One step down the gradient, in place. */
  void step(double[] x, double[] gradient) {
    firstPower *= FIRST;
    secondPower *= SECOND;
    for (int i = 0; i < x.length; i++) {
      mean[i] = FIRST * mean[i] + (1 - FIRST) * gradient[i];
      square[i] = SECOND * square[i] + (1 - SECOND) * gradient[i] * gradient[i];
      double direction =
          mean[i] / (1 - firstPower) / (Math.sqrt(square[i] / (1 - secondPower)) + LEAST);
      x[i] -= rate * direction;
    }
  }
}
