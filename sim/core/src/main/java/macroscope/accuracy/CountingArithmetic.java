package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LossCounter;
import macroscope.unit.UnitSpec;

/**
 * Products on a datapath that counts what it loses, layer by layer: the same bits as without, slower.
 * The counts do not depend on the number of threads.
 */
public final class CountingArithmetic implements Arithmetic {

  /** Where products of two activations are counted. */
  public static final String ATTENTION = "attention";

  private final UnitSpec unit;
  private final Quantization quantization;
  private final List<Supplier<LayerLosses>> layers = new ArrayList<>();
  private final LossCounter attentionCounter = new LossCounter();
  private final Arithmetic attention;

  /**
   * @throws IllegalArgumentException if there is no unit, or units of its family do not count
   */
  public CountingArithmetic(Quantization quantization) {
    this.unit =
        quantization
            .unit()
            .orElseThrow(() -> new IllegalArgumentException("exact sums lose nothing to count"))
            .spec();
    this.quantization = quantization;
    this.attention = on(attentionCounter);
  }

  private Arithmetic on(LossCounter counter) {
    DotProductUnit<?> counting =
        counter
            .unit(unit)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        unit.name()
                            + " does not count losses; fused and block-scaled dot products and"
                            + " integer arrays do"));
    return on(counting);
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
    LossCounter counter = new LossCounter();
    layers.add(() -> new LayerLosses(layer, counter.total()));
    return on(counter).linear(weights, n, k);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return attention.activations(a, m, b, n, k);
  }

  /** Counts until now: linear layers in the order of the network, then attention if it is computed so. */
  public List<LayerLosses> losses() {
    List<LayerLosses> losses = new ArrayList<>(layers.stream().map(Supplier::get).toList());
    if (quantization.attention()) {
      losses.add(new LayerLosses(ATTENTION, attentionCounter.total()));
    }
    return losses;
  }
}
