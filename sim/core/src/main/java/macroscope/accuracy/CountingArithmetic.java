package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import macroscope.onnx.Products.Integers;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitCounter;
import macroscope.unit.UnitSpec;

/**
 * Products on a datapath that counts what it does, layer by layer: the same bits as without, slower.
 * The counts do not depend on the number of threads.
 *
 * @param <T> what is counted
 */
public final class CountingArithmetic<T> implements Arithmetic {

  /** Where products of two activations are counted. */
  public static final String ATTENTION = "attention";

  private final UnitSpec unit;
  private final Quantization quantization;
  private final Supplier<? extends UnitCounter<T>> counters;
  private final List<Supplier<LayerCounts<T>>> layers = new ArrayList<>();
  private final UnitCounter<T> attentionCounter;
  private final Arithmetic attention;

  /**
   * @param counters makes a counter for each layer
   * @throws IllegalArgumentException if there is no unit, or units of its family do not count this
   */
  public CountingArithmetic(
      Quantization quantization, Supplier<? extends UnitCounter<T>> counters) {
    this.unit =
        quantization
            .unit()
            .orElseThrow(() -> new IllegalArgumentException("exact sums have nothing to count"))
            .spec();
    this.quantization = quantization;
    this.counters = counters;
    this.attentionCounter = counters.get();
    this.attention = on(attentionCounter);
  }

  private Arithmetic on(UnitCounter<T> counter) {
    return on(
        counter
            .unit(unit)
            .orElseThrow(
                () -> new IllegalArgumentException(unit.name() + " does not count these")));
  }

  private <P> Arithmetic on(DotProductUnit<P> counting) {
    return new UnitArithmetic<>(counting, quantization);
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    return linear(n + "x" + k, weights, n, k);
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    UnitCounter<T> counter = counters.get();
    layers.add(() -> new LayerCounts<>(layer, counter.total()));
    return on(counter).linear(layer, weights, n, k);
  }

  @Override
  public IntegerProduct integers(String layer, Integers weight) {
    UnitCounter<T> counter = counters.get();
    layers.add(() -> new LayerCounts<>(layer, counter.total()));
    return on(counter).integers(layer, weight);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return attention.activations(a, m, b, n, k);
  }

  /** Counts until now: linear layers in the order of the network, then attention if it is computed so. */
  public List<LayerCounts<T>> counts() {
    List<LayerCounts<T>> counts = new ArrayList<>(layers.stream().map(Supplier::get).toList());
    if (quantization.attention()) {
      counts.add(new LayerCounts<>(ATTENTION, attentionCounter.total()));
    }
    return counts;
  }
}
