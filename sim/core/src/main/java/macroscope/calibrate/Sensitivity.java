package macroscope.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.FittedFormat;
import macroscope.accuracy.MatrixProduct;
import macroscope.accuracy.Metric;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.onnx.Tensor;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormats;

/**
 * How much each layer of a network minds being quantized: by the loss that quantizing it alone adds,
 * and by curvature as HAWQ-V2 has it (Dong et al., arXiv 1911.03852, section 3): the mean of the
 * Hessian's diagonal times the squared error of the quantized weights. The trace is Hutchinson's: the
 * mean of {@code v^T H v} over vectors of random signs, each from three losses, {@code (L(w + e v) - 2 L(w)
 * + L(w - e v)) / e^2}.
 */
public final class Sensitivity {

  /** Length of a step over the root mean square of the weights. */
  private static final double STEP = 1e-2;

  private final Baseline baseline;
  private final NetworkEvaluator evaluator;
  private final NetworkStructure structure;
  private final Quantization quantization;
  private final Arithmetic floats;
  private final int threads;

  /**
   * One layer.
   *
   * @param lossIncrease what quantizing this layer alone adds to the mean cross-entropy, in nats, paired
   * @param divergence of the outputs from the float run's in bits
   * @param trace of the Hessian of the mean cross-entropy by the layer's weights
   * @param traceError standard error of the trace over random vectors; NaN for one vector
   * @param squaredError of the quantized weights
   */
  public record Layer(
      String name,
      int n,
      int k,
      Metric lossIncrease,
      Metric divergence,
      double trace,
      double traceError,
      double squaredError) {

    /** HAWQ-V2's measure: mean of the Hessian's diagonal times the squared error of the weights. */
    public double curvature() {
      return trace / ((double) n * k) * squaredError;
    }
  }

  /**
   * @param baseline the float run
   * @param quantization what single layers are brought to; its unit takes part
   */
  public Sensitivity(Baseline baseline, Quantization quantization, int threads) {
    this.baseline = baseline;
    this.evaluator = new NetworkEvaluator(baseline);
    this.structure = new NetworkStructure(baseline.model().graph());
    this.quantization = quantization;
    this.floats =
        new Quantization(
                TensorFormats.parse("fp32"), TensorFormats.parse("fp32"), Optional.empty(), false)
            .arithmetic();
    this.threads = threads;
  }

  /**
   * All layers, in the order of execution.
   *
   * @param vectors random vectors for each trace, 1 or more
   * @param seed of their signs
   * @param progress is told of finished layers
   */
  public List<Layer> layers(int vectors, long seed, Progress progress) {
    double loss = loss(floats);
    List<Layer> layers = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom(seed);
    for (String name : structure.layers()) {
      layers.add(layer(name, loss, vectors, seeds.split()));
      progress.finished(layers.size(), structure.layers().size());
    }
    return layers;
  }

  private Layer layer(String name, double loss, int vectors, SplittableRandom random) {
    Tensor weights = structure.weights(name);
    int n = weights.shape()[0];
    int k = weights.shape()[1];
    AccuracyResult alone =
        evaluator.evaluate(
            new OneLayer(name, quantization.arithmetic(), floats), threads, Progress.NONE);
    double[] traces = new double[vectors];
    for (int i = 0; i < vectors; i++) {
      traces[i] = curvature(name, weights.values(), loss, random);
    }
    return new Layer(
        name,
        n,
        k,
        metric(alone, "nll_delta"),
        metric(alone, "kl_bits_to_fp32"),
        mean(traces),
        standardError(traces),
        squaredError(weights.values(), n, k));
  }

  /** {@code v^T H v} for one vector of random signs. */
  private double curvature(String name, double[] w, double loss, SplittableRandom random) {
    double squares = 0;
    for (double x : w) {
      squares += x * x;
    }
    double step = STEP * Math.sqrt(squares / w.length);
    double[] up = w.clone();
    double[] down = w.clone();
    for (int i = 0; i < w.length; i++) {
      double move = random.nextBoolean() ? step : -step;
      up[i] += move;
      down[i] -= move;
    }
    double sum = loss(new OneLayer(name, given(up), floats));
    sum += loss(new OneLayer(name, given(down), floats));
    return step == 0 ? 0 : (sum - 2 * loss) / (step * step);
  }

  private Arithmetic given(double[] weights) {
    return new Given(weights, floats);
  }

  private double loss(Arithmetic arithmetic) {
    return metric(evaluator.evaluate(arithmetic, threads, Progress.NONE), "nll").value();
  }

  private Metric metric(AccuracyResult result, String name) {
    return result
        .metric(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the task of " + baseline.model().name() + " has no cross-entropy"));
  }

  private double squaredError(double[] w, int n, int k) {
    if (Quantization.isPlain(quantization.weights())) {
      return 0;
    }
    double[] readBack =
        Quantizer.quantize(FittedFormat.of(quantization.weights(), w, k), w, n, k).decode();
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += (readBack[i] - w[i]) * (readBack[i] - w[i]);
    }
    return sum;
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double one : x) {
      sum += one;
    }
    return sum / x.length;
  }

  private static double standardError(double[] x) {
    double mean = mean(x);
    double squares = 0;
    for (double one : x) {
      squares += (one - mean) * (one - mean);
    }
    return Math.sqrt(squares / (x.length - 1.0) / x.length);
  }

  /** One layer by one arithmetic, all else by another. */
  private record OneLayer(String name, Arithmetic own, Arithmetic others) implements Arithmetic {
    @Override
    public MatrixProduct linear(double[] weights, int n, int k) {
      return others.linear(weights, n, k);
    }

    @Override
    public MatrixProduct linear(String layer, double[] weights, int n, int k) {
      return (layer.equals(name) ? own : others).linear(layer, weights, n, k);
    }

    @Override
    public double[] activations(double[] a, int m, double[] b, int n, int k) {
      return others.activations(a, m, b, n, k);
    }
  }

  /** A layer with other weights. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Given(double[] weights, Arithmetic floats) implements Arithmetic {
    @Override
    public MatrixProduct linear(double[] others, int n, int k) {
      return floats.linear(weights, n, k);
    }

    @Override
    public double[] activations(double[] a, int m, double[] b, int n, int k) {
      return floats.activations(a, m, b, n, k);
    }
  }
}
