package macroscope.machine.network;

import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.Work;
import macroscope.workload.ModelOperator.Attention;

/**
 * Attention in one kernel (Dao, FlashAttention-2, arXiv 2307.08691): a block has some queries of one
 * key-value head and walks along keys and values, of which it multiplies one tile after another; scores
 * never leave the multiprocessor. Query heads that share keys are rows of one product. Where there are
 * fewer blocks than multiprocessors, the context is split and partial results are joined (Dao et al.,
 * Flash-Decoding, 2023).
 *
 * <p>Products and softmax of a warp follow each other, so that their times add. For each score the
 * special-function units make an exponential while the other pipes scale and subtract in one multiply-add,
 * add to the row's sum, take the maximum and convert: the slowest of the pipes counts. With head size 128 on an
 * A100 that leaves 76 % of the peak before loads and stores; the paper reaches up to 73 %. Where tokens see
 * only what is before them, tiles on the diagonal are multiplied whole.
 */
final class FlashAttention {

  private static final int QUERY_ROWS = 128;
  private static final int KEY_ROWS = 64;
  private static final int INSTRUCTION_ROWS = 16;

  /** Multiply-add and addition. */
  private static final double ARITHMETIC_OPERATIONS = 2;

  /** Maximum, and conversion of two scores at a time. */
  private static final double LOGIC_OPERATIONS = 1.5;

  /** Blocks of a multiprocessor at a time, of which one works while the other waits. */
  private static final int RESIDENT = 2;

  /** Warps of a block, each of which reads all keys and values from shared memory. */
  private static final int WARPS = 4;

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
    double used = padded(rows, blocksOfHead) / (double) rows * diagonal(attention);
    long blocks = heads * blocksOfHead;
    double perSecond = waveShare(blocks) * gpu.multiprocessors() * gpu.hertz();
    double macs =
        gpu.macsPerCycle(precision.attentionType())
            * gpu.fitted().tensorCoreEfficiency()
            * perSecond;
    double scores = attention.pairs() * used;
    double products = attention.macs() * used / macs;
    double softmax = scores * softmaxCycles() / perSecond;
    double seen =
        used
            * attention.pairs()
            / ((double) attention.batch()
                * attention.heads().queries()
                * attention.queries()
                * attention.context());
    double cacheBytes = blocks * keyBytes(attention) * Math.min(1, seen);
    double cache = cacheBytes / (gpu.memory().cacheBytesPerCycle() * gpu.hertz());
    double bytes = heads * keyBytes(attention) + queryBytes(attention);
    double dram = bytes / gpu.dramBytesPerSecond();
    double busy = products + softmax + edges(attention, blocks);
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = Math.max(Math.max(dram, cache), busy) + latency + gapSeconds;
    Work work =
        new Work(
            attention.macs() * diagonal(attention),
            scores * (1 + ARITHMETIC_OPERATIONS + LOGIC_OPERATIONS),
            cacheBytes * (1 + WARPS),
            cacheBytes + queryBytes(attention),
            bytes);
    return new KernelEstimate(
        attention, seconds, bytes, bound(dram, cache, products, softmax), "flash", work);
  }

  private double softmaxCycles() {
    double exponential = 1 / gpu.vector().exponentialsPerCycle();
    double arithmetic = ARITHMETIC_OPERATIONS / gpu.vector().lanes();
    double logic = LOGIC_OPERATIONS / gpu.vector().lanes();
    return Math.max(exponential, Math.max(arithmetic, logic));
  }

  /** Work over that of the pairs alone: tiles that the diagonal cuts. */
  private static double diagonal(Attention attention) {
    if (attention.queries() == 1 || attention.full()) {
      return 1;
    }
    double side = Math.min(QUERY_ROWS, attention.queries()) / 2.0 + KEY_ROWS / 2.0;
    double mean = attention.context() - (attention.queries() - 1) / 2.0;
    return Math.min(attention.context(), mean + side) / mean;
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

  /** Queries that come before a block's first product and results that go after its last. */
  private double edges(Attention attention, long blocks) {
    long waves = ceilDivide(blocks, (long) RESIDENT * gpu.multiprocessors());
    double bytes = queryBytes(attention) / blocks;
    double cycles = gpu.memory().dramLatencyCycles() + bytes / gpu.cacheBytesPerCycle(blocks);
    return waves * cycles / gpu.hertz();
  }

  private double keyBytes(Attention attention) {
    double bits = attention.fresh() ? precision.attentionType().bits() : precision.cacheBits();
    return 2.0 * attention.context() * attention.heads().size() * bits / 8;
  }

  private double queryBytes(Attention attention) {
    double numbers = 2.0 * attention.batch() * attention.queries() * attention.heads().queries();
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
