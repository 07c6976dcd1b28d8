package macroscope.machine.cluster;

import java.util.List;
import macroscope.workload.ConvolutionShape;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;

/**
 * A step of training on a cluster in binary16: each layer forward, the gradient of its weights, and,
 * except for the first layer, that of its inputs; each a product, each with windows copied before.
 */
public final class TrainingStep {

  private final CoreCluster cluster;
  private final List<ProductLayer> layers;

  public TrainingStep(CoreCluster cluster, List<ProductLayer> layers) {
    this.cluster = cluster;
    this.layers = List.copyOf(layers);
  }

  /** Multiply-accumulates of all products. */
  public long macs() {
    long all = layers.stream().mapToLong(ProductLayer::macs).sum();
    return 3 * all - layers.get(0).macs();
  }

  /** Cycles of all products and copies. */
  public double cycles() {
    double cycles = 0;
    for (int i = 0; i < layers.size(); i++) {
      ProductLayer layer = layers.get(i);
      cycles += cluster.forwardCycles(layer, true) + weightGradient(layer);
      cycles += i == 0 ? 0 : inputGradient(layer);
    }
    return cycles;
  }

  /** Multiply-accumulates a cycle. */
  public double macsPerCycle() {
    return macs() / cycles();
  }

  /** Outputs by windows, summed over pixels: the windows are not transposed. */
  private double weightGradient(ProductLayer layer) {
    Gemm gemm = layer.gemm();
    Gemm product = new Gemm(gemm.n(), gemm.k(), gemm.m());
    return copies(layer) + layer.matrices() * cluster.cycles(product, InnerLoop.SHUFFLED_2X4);
  }

  /** Inputs by pixels, summed over the windows of the results' gradients. */
  private double inputGradient(ProductLayer layer) {
    return layer.convolution().map(this::inputGradient).orElseGet(() -> plainGradient(layer));
  }

  private double plainGradient(ProductLayer layer) {
    Gemm gemm = layer.gemm();
    return layer.matrices()
        * cluster.cycles(new Gemm(gemm.k(), gemm.m(), gemm.n()), InnerLoop.PAIRS_2X4);
  }

  private double inputGradient(ConvolutionShape shape) {
    int taps = shape.kernelHeight() * shape.kernelWidth();
    int height = shape.outHeight() * shape.stride();
    int width = shape.outWidth() * shape.stride();
    ConvolutionShape back =
        new ConvolutionShape(
            shape.batch(),
            shape.outputs(),
            shape.channels(),
            shape.kernelHeight(),
            shape.kernelWidth(),
            height,
            width,
            1,
            shape.groups());
    double copied = CoreCluster.hasWindow(shape) ? cluster.copyCycles(back) : 0;
    Gemm product =
        new Gemm(
            shape.groupChannels(), shape.batch() * height * width, shape.groupOutputs() * taps);
    return copied + shape.groups() * cluster.cycles(product, InnerLoop.PAIRS_2X4);
  }

  private double copies(ProductLayer layer) {
    return layer.convolution().filter(CoreCluster::hasWindow).map(cluster::copyCycles).orElse(0.0);
  }
}
