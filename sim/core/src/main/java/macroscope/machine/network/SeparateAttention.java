package macroscope.machine.network;

import java.util.List;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.Work;
import macroscope.workload.Gemm;
import macroscope.workload.ModelOperator;
import macroscope.workload.ModelOperator.Attention;

/**
 * Attention in three kernels: queries by keys, a softmax of the scores, scores by values. Products of a
 * causal prompt are whole, as libraries' batched products are. The softmax is a kernel that reads scores
 * once for each pass and writes them once; it needs an exponential for each score and pass but the first of
 * three. (Milakov and Gimelshein, Online normalizer calculation for softmax, arXiv 1805.02867: three
 * passes, or two.)
 */
final class SeparateAttention {

  private final Gpu gpu;
  private final Precision precision;
  private final AttentionKernels kernels;
  private final ProductKernels products;

  SeparateAttention(
      Gpu gpu, Precision precision, AttentionKernels kernels, ProductKernels products) {
    this.gpu = gpu;
    this.precision = precision;
    this.kernels = kernels;
    this.products = products;
  }

  List<KernelEstimate> estimate(Attention attention) {
    int group = attention.heads().queries() / attention.heads().keyValues();
    int rows = Math.multiplyExact(group, attention.queries());
    int matrices = Math.multiplyExact(attention.batch(), attention.heads().keyValues());
    int size = attention.heads().size();
    double cached = attention.fresh() ? precision.attentionType().bits() : precision.cacheBits();
    double own = precision.attentionType().bits();
    GemmOperands operands = new GemmOperands(precision.attentionType(), own, cached, own);
    Gemm scores = new Gemm(rows, attention.context(), size);
    Gemm values = new Gemm(rows, size, attention.context());
    return List.of(
        products.product(part(attention, "scores", scores, matrices), scores, matrices, operands),
        softmax(attention, (double) matrices * rows * attention.context()),
        products.product(part(attention, "values", values, matrices), values, matrices, operands));
  }

  private static ModelOperator part(Attention attention, String name, Gemm gemm, int matrices) {
    return new ModelOperator.ActivationProduct(
        attention.name() + ", " + name, attention.count(), gemm, matrices);
  }

  private KernelEstimate softmax(Attention attention, double scores) {
    double own = precision.attentionType().bits() / 8.0;
    double bytes = scores * own * (kernels.reads() + 1);
    int exponentials = kernels.reads() == 2 ? 2 : kernels.reads() - 1;
    double vector =
        scores
            * exponentials
            / (gpu.vector().exponentialsPerCycle() * gpu.multiprocessors() * gpu.hertz());
    boolean cached = scores * own <= gpu.memory().cacheBytes();
    double rate =
        cached ? gpu.memory().cacheBytesPerCycle() * gpu.hertz() : gpu.dramBytesPerSecond();
    double latency = kernels.reads() * gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = Math.max(bytes / rate, vector) + latency + gpu.kernelGapSeconds();
    Bound memory = cached ? Bound.L2_CACHE : Bound.DRAM;
    Bound bound = vector > bytes / rate ? Bound.VECTOR_LANES : memory;
    double dram = cached ? 0 : bytes;
    ModelOperator.Elementwise operator =
        new ModelOperator.Elementwise(
            attention.name() + ", softmax",
            attention.count(),
            (long) scores * kernels.reads(),
            (long) scores);
    return new KernelEstimate(
        operator,
        seconds,
        dram,
        bound,
        kernels.reads() + " passes",
        new Work(0, scores * 4, 0, bytes, dram));
  }
}
