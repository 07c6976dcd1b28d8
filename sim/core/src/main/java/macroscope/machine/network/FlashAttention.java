package macroscope.machine.network;

import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Gpu;
import macroscope.workload.ModelOperator.Attention;

/**
 * Attention in one kernel (Dao, FlashAttention-2, arXiv 2307.08691): a block has some queries of one
 * key-value head and walks along keys and values, of which it multiplies one tile after another; scores
 * never leave the multiprocessor. Query heads that share keys are rows of one product. Where there are
 * fewer blocks than multiprocessors, the context is split and partial results are joined (Dao et al.,
 * Flash-Decoding, 2023).
 *
 * <p>Products and softmax of a warp follow each other, so that their times add: for each score one
 * exponential and four operations in binary32 (scale, maximum, subtraction, sum) on vector lanes. With
 * head size 128 on an A100 that leaves 67 % of the peak; the paper measures up to 73 %.
 */
final class FlashAttention {

  private static final int QUERY_ROWS = 128;
  private static final int INSTRUCTION_ROWS = 16;
  private static final int VECTOR_OPERATIONS = 4;

  private final Gpu gpu;
  private final Precision precision;

  FlashAttention(Gpu gpu, Precision precision) {
    this.gpu = gpu;
    this.precision = precision;
  }

  KernelEstimate estimate(Attention attention, double gapSeconds) {
    long group = attention.heads().queries() / attention.heads().keyValues();
    long rows = group * attention.queries();
    long heads = (long) attention.batch() * attention.heads().keyValues();
    long blocksOfHead = ceilDivide(rows, QUERY_ROWS);
    double used = padded(rows, blocksOfHead) / (double) rows;
    long blocks = heads * blocksOfHead;
    double busy = waveShare(blocks);
    double perSecond = busy * gpu.multiprocessors() * gpu.hertz();
    double macs =
        gpu.macsPerCycle(precision.attentionType())
            * gpu.fitted().tensorCoreEfficiency()
            * perSecond;
    double scores = attention.pairs() * used;
    double products = attention.macs() * used / macs;
    double softmax =
        scores / (gpu.vector().exponentialsPerCycle() * perSecond)
            + scores * VECTOR_OPERATIONS / (gpu.vector().lanes() * perSecond);
    double cacheBytes = blocks * keyBytes(attention);
    double cache = cacheBytes / (gpu.memory().cacheBytesPerCycle() * gpu.hertz());
    double bytes = heads * keyBytes(attention) + queryBytes(attention);
    double dram = bytes / gpu.dramBytesPerSecond();
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = Math.max(Math.max(dram, cache), products + softmax) + latency + gapSeconds;
    return new KernelEstimate(attention, seconds, bytes, bound(dram, cache, products, softmax), "");
  }

  /** Rows of the products, those included that fill the last instruction of a block. */
  private static long padded(long rows, long blocks) {
    long each = ceilDivide(ceilDivide(rows, blocks), INSTRUCTION_ROWS) * INSTRUCTION_ROWS;
    return each * blocks;
  }

  /** Part of the multiprocessors that work: all if the context is split, else as waves leave them. */
  private double waveShare(long blocks) {
    if (blocks < gpu.multiprocessors()) {
      return 1;
    }
    long waves = ceilDivide(blocks, gpu.multiprocessors());
    return (double) blocks / (waves * gpu.multiprocessors());
  }

  private double keyBytes(Attention attention) {
    double bits = attention.fresh() ? precision.attentionType().bits() : precision.cacheBits();
    return 2.0 * attention.context() * attention.heads().size() * bits / 8;
  }

  private double queryBytes(Attention attention) {
    long numbers = 2L * attention.batch() * attention.queries() * attention.heads().queries();
    return numbers * attention.heads().size() * precision.attentionType().bits() / 8.0;
  }

  private static Bound bound(double dram, double cache, double products, double softmax) {
    if (dram >= cache && dram >= products + softmax) {
      return Bound.DRAM;
    }
    if (cache >= products + softmax) {
      return Bound.L2_CACHE;
    }
    return products >= softmax ? Bound.TENSOR_CORES : Bound.VECTOR_LANES;
  }

  private static long ceilDivide(long a, long b) {
    return (a + b - 1) / b;
  }
}
