package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import macroscope.hardware.Widths;
import macroscope.onnx.ResultKind;
import macroscope.onnx.Tensor;

/**
 * Runs all samples of a data set through a network side by side, so that they meet at every linear
 * layer: there a visitor sees the layer's inputs of all samples at once and says how the layer is
 * computed from then on. Calibration that goes layer by layer needs one such walk, whatever the depth
 * of the network and the shapes of its samples.
 *
 * <p>What the visitor sees does not depend on the number of threads.
 */
public final class LayerWalk {

  /** Decides how layers are computed. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * Called once a layer, in the order of the network.
     *
     * @param weights N x K, row-major; not to be modified
     * @param inputs of each sample, rows x K, row-major; not to be modified
     */
    MatrixProduct visit(String layer, double[] weights, int n, int k, List<double[]> inputs);
  }

  private final Arithmetic attention;
  private final Visitor visitor;
  private final int samples;
  private final Semaphore processors;
  private final ThreadLocal<Integer> lane = ThreadLocal.withInitial(() -> -1);
  private Optional<Throwable> failure = Optional.empty();

  private LayerWalk(Arithmetic attention, Visitor visitor, int samples, int threads) {
    this.attention = attention;
    this.visitor = visitor;
    this.samples = samples;
    this.processors = new Semaphore(Widths.positive("threads", threads));
  }

  /**
   * Walks through a network.
   *
   * @param attention computes what is no linear layer: products of two activations, softmax
   * @param threads samples that are computed at a time
   */
  public static void run(
      Model model, Dataset data, Arithmetic attention, Visitor visitor, int threads) {
    Fit.check(model, data);
    new LayerWalk(attention, visitor, data.size(), threads).run(model, data);
  }

  private void run(Model model, Dataset data) {
    ModelRunner runner = new ModelRunner(model.graph(), new Meeting());
    List<Thread> threads = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      int own = sample;
      threads.add(new Thread(() -> run(runner, model, data, own), "sample " + sample));
    }
    threads.forEach(Thread::start);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      fail(e);
      Thread.currentThread().interrupt();
    }
    failure.ifPresent(LayerWalk::rethrow);
  }

  private static void rethrow(Throwable cause) {
    throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  private void run(ModelRunner runner, Model model, Dataset data, int sample) {
    lane.set(sample);
    processors.acquireUninterruptibly();
    try {
      runner.run(data.feed(model.graph(), sample));
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      processors.release();
    }
  }

  private synchronized void fail(Throwable cause) {
    failure = failure.or(() -> Optional.of(cause));
    notifyAll();
  }

  /** Makes each linear layer a place where all samples wait for each other. */
  private final class Meeting implements Arithmetic {

    @Override
    public MatrixProduct linear(double[] weights, int n, int k) {
      throw new IllegalStateException("a layer's name is needed");
    }

    @Override
    public MatrixProduct linear(String layer, double[] weights, int n, int k) {
      Gathering gathering = new Gathering(layer, weights, n, k);
      return (x, rows, rowsPerSample) -> gathering.product(x).multiply(x, rows, rowsPerSample);
    }

    @Override
    public Tensor softmax(Tensor x) {
      return attention.softmax(x);
    }

    @Override
    public Tensor result(ResultKind kind, Tensor x, int batch) {
      return attention.result(kind, x, batch);
    }

    @Override
    public double[] activations(double[] a, int m, double[] b, int n, int k) {
      return attention.activations(a, m, b, n, k);
    }

    @Override
    public double[] activations(String product, double[] a, int m, double[] b, int n, int k) {
      return attention.activations(product, a, m, b, n, k);
    }
  }

  /** The inputs of one layer, until all are there. */
  private final class Gathering {
    private final String layer;
    private final double[] weights;
    private final int n;
    private final int k;
    private final double[][] inputs = new double[samples][];
    private int arrived;
    private Optional<MatrixProduct> product = Optional.empty();

    Gathering(String layer, double[] weights, int n, int k) {
      this.layer = layer;
      this.weights = weights;
      this.n = n;
      this.k = k;
    }

    MatrixProduct product(double[] x) {
      processors.release();
      try {
        return meet(x);
      } finally {
        processors.acquireUninterruptibly();
      }
    }

    private MatrixProduct meet(double[] x) {
      synchronized (LayerWalk.this) {
        inputs[lane.get()] = x;
        arrived++;
        if (arrived == samples) {
          product = Optional.of(visitor.visit(layer, weights, n, k, List.of(inputs)));
          LayerWalk.this.notifyAll();
        }
        while (product.isEmpty()) {
          if (failure.isPresent()) {
            throw new IllegalStateException("another sample failed");
          }
          await();
        }
        inputs[lane.get()] = new double[0];
        return product.get();
      }
    }

    private void await() {
      try {
        LayerWalk.this.wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
