package macroscope.machine.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Widths;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.ConvolutionShape;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;

/**
 * A cluster of in-order cores that share floating-point units (the 8+1-core RISC-V cluster of Nadalini
 * et al., arXiv 2305.19167; PULP-TrainLib). Rows of a product are dealt out to cores in equal blocks; a
 * convolution first copies the windows of its images, channels dealt out, as im2col.
 *
 * @param name as files name it
 * @param clockMegahertz clock
 * @param cores cores that compute; the one that controls them is not counted
 * @param units floating-point units
 * @param resultCycles cycles for each result outside the inner loop: addresses, sum of lanes, store
 * @param copyCycles cycles for each number that im2col copies
 */
public record CoreCluster(
    String name,
    double clockMegahertz,
    int cores,
    int units,
    double resultCycles,
    double copyCycles)
    implements LayerMachine {

  public CoreCluster {
    Widths.inRange("cores", cores, 1, 1 << 10);
    Widths.inRange("floating-point units", units, 1, cores);
    positive("clock megahertz", clockMegahertz);
    positive("cycles of a result", resultCycles);
    positive("cycles of a copied number", copyCycles);
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
    }
  }

  /** Cycles of a product by one of the library's inner loops, rows of the result dealt out. */
  public double cycles(Gemm gemm, InnerLoop loop) {
    long rows = ceilDivide(gemm.m(), cores);
    double busy = Math.min(cores, ceilDivide(gemm.m(), rows));
    double tiles = ceilDivide(rows, loop.rows()) * (double) ceilDivide(gemm.n(), loop.columns());
    double inner = loop.iterations(gemm.k()) * loop.cycles(Math.max(1, busy / units));
    return tiles * (inner + loop.rows() * loop.columns() * resultCycles);
  }

  /** Cycles in which a convolution's windows are copied: channels of the images dealt out. */
  public double copyCycles(ConvolutionShape shape) {
    double each = (double) shape.kernelHeight() * shape.kernelWidth() * copyCycles;
    double windows = (double) shape.batch() * shape.outHeight() * shape.outWidth();
    return ceilDivide(shape.channels(), cores) * each * windows;
  }

  /** Cycles of a layer forward; 1x1 windows are not copied. */
  public double forwardCycles(ProductLayer layer, boolean halves) {
    InnerLoop loop = halves ? InnerLoop.PAIRS_2X4 : InnerLoop.SCALAR_2X4;
    double copies =
        layer.convolution().filter(CoreCluster::hasWindow).map(this::copyCycles).orElse(0.0);
    return copies + layer.matrices() * cycles(outputsOutside(layer.gemm()), loop);
  }

  /** Rows of the kernels' product are outputs, its columns pixels. */
  private static Gemm outputsOutside(Gemm gemm) {
    return new Gemm(gemm.n(), gemm.m(), gemm.k());
  }

  static boolean hasWindow(ConvolutionShape shape) {
    return shape.kernelHeight() * shape.kernelWidth() > 1;
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    boolean halves = formats.activations().equals("binary16");
    boolean singles = formats.activations().equals("binary32");
    if (!(halves || singles) || !formats.activations().equals(formats.weights())) {
      return Optional.empty();
    }
    double cycles = forwardCycles(layer, halves);
    double copies =
        layer.convolution().filter(CoreCluster::hasWindow).map(this::copyCycles).orElse(0.0);
    double hertz = clockMegahertz * 1e6;
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("multiply-adds", (cycles - copies) / hertz);
    if (copies > 0) {
      parts.put("im2col", copies / hertz);
    }
    String bound = copies > cycles / 2 ? "im2col" : "multiply-adds";
    return Optional.of(new LayerTime(cycles / hertz, bound, "", parts, Optional.empty()));
  }

  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    boolean halves = formats.activations().equals("binary16");
    InnerLoop loop = halves ? InnerLoop.PAIRS_2X4 : InnerLoop.SCALAR_2X4;
    return Optional.of(units * (double) loop.lanes() * clockMegahertz * 1e6);
  }

  @Override
  public String multiplies() {
    return "fp16 by fp16, fp32 by fp32";
  }

  static long ceilDivide(long a, long b) {
    return (a + b - 1) / b;
  }
}
