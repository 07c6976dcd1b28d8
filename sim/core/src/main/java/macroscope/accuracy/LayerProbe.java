package macroscope.accuracy;

/** Shows the operands of all linear layers while a network runs in float. */
final class LayerProbe implements Arithmetic {

  /** Is shown operands, layer by layer and sample by sample. */
  interface Watcher {

    /** A layer's weights, N x K, row-major; not to be modified. */
    void weights(String layer, double[] w, int n, int k);

    /** A layer's inputs of one sample, rows x K, row-major; not to be modified. */
    void inputs(String layer, double[] x, int rows, int k);
  }

  private final Watcher watcher;
  private final Arithmetic exact = new FloatArithmetic();

  private LayerProbe(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Runs a network on all samples of a data set, one at a time. */
  static void run(Model model, Dataset data, Watcher watcher, Progress progress) {
    Fit.check(model, data);
    ModelRunner runner = new ModelRunner(model.graph(), new LayerProbe(watcher));
    for (int sample = 0; sample < data.size(); sample++) {
      runner.run(data.feed(model.graph(), sample));
      progress.finished(sample + 1, data.size());
    }
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    watcher.weights(layer, weights, n, k);
    MatrixProduct product = exact.linear(weights, n, k);
    return (x, rows, rowsPerSample) -> {
      watcher.inputs(layer, x, rows, k);
      return product.multiply(x, rows, rowsPerSample);
    };
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    throw new IllegalStateException("a layer's name is needed");
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return exact.activations(a, m, b, n, k);
  }
}
