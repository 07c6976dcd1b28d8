package macroscope.workload;

import java.util.Optional;
import macroscope.hardware.Widths;

/**
 * A matrix product of a network as a machine gets it.
 *
 * @param name of the network's node
 * @param gemm the product; a convolution is one row an output pixel
 * @param matrices products of this shape: heads of attention, groups of a convolution
 * @param weights whether the right operand is a weight
 * @param convolution the convolution that it is, if it is one
 */
public record ProductLayer(
    String name, Gemm gemm, int matrices, boolean weights, Optional<ConvolutionShape> convolution) {

  public ProductLayer {
    Widths.positive("matrices", matrices);
  }

  /** A plain product by weights. */
  public static ProductLayer of(String name, Gemm gemm) {
    return new ProductLayer(name, gemm, 1, true, Optional.empty());
  }

  /** A convolution: each group a product. */
  public static ProductLayer of(String name, ConvolutionShape shape) {
    int pixels = Math.multiplyExact(shape.batch(), shape.outHeight() * shape.outWidth());
    int taps = shape.groupChannels() * shape.kernelHeight() * shape.kernelWidth();
    Gemm gemm = new Gemm(pixels, shape.groupOutputs(), taps);
    return new ProductLayer(name, gemm, shape.groups(), true, Optional.of(shape));
  }

  /** The convolution that it is, or a product as one. */
  public ConvolutionShape asConvolution() {
    return convolution.orElseGet(
        () ->
            ConvolutionShape.of(
                new Gemm(Math.multiplyExact(gemm.m(), matrices), gemm.n(), gemm.k())));
  }

  /** Multiply-accumulates. */
  public long macs() {
    return Math.multiplyExact(gemm.macs(), (long) matrices);
  }

  /** Numbers of its weights, or of its right operands. */
  public long rightNumbers() {
    return (long) gemm.n() * gemm.k() * matrices;
  }
}
