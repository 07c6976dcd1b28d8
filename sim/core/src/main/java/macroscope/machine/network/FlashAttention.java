package macroscope.machine.network;

import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Conversion;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.Work;
import macroscope.workload.Gemm;
import macroscope.workload.ModelOperator;
import macroscope.workload.ModelOperator.Attention;
import macroscope.workload.ModelOperator.RematerializedAttention;

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

  /** Tokens whose keys and values a block makes at a time of one head's weights. */
  private static final int MADE_ROWS = 128;

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

  /**
   * What a kernel needs of keys and values.
   *
   * @param seconds matrix units, to make them; 0 where they are cached
   * @param operations of vector lanes
   * @param macs to make them
   * @param cacheBytes that blocks read from the second-level cache
   * @param bytes of external memory
   */
  private record Keys(
      double seconds, double operations, double macs, double cacheBytes, double bytes) {}

  KernelEstimate estimate(Attention attention, double gapSeconds) {
    double each = keyBytes(attention);
    Keys keys =
        new Keys(
            0,
            0,
            0,
            blocks(attention) * each * Math.min(1, seen(attention)),
            heads(attention) * each);
    return estimate(attention, attention, keys, gapSeconds);
  }

  /**
   * The same with keys and values that are made of cached inputs, a tile at a time, and never leave the
   * multiprocessor: inputs and weights come from external memory once, from the second-level cache once a
   * head and once a tile. Other warps widen inputs while matrix units multiply, so that the slower of
   * both counts.
   */
  KernelEstimate estimate(RematerializedAttention operator, double gapSeconds) {
    Attention attention = operator.attention();
    Gemm made = operator.inputs().gemm();
    double perSecond = gpu.multiprocessors() * gpu.hertz();
    double products =
        made.macs()
            / (gpu.macsPerCycle(precision.type())
                * gpu.fitted().tensorCoreEfficiency()
                * perSecond);
    double widened = (double) made.m() * made.k() * attention.heads().keyValues();
    Conversion conversion = Conversion.of(gpu, precision.type(), precision.cacheBits());
    double widening = widened * conversion.pipeCycles(gpu.vector()) / perSecond;
    double inputs = (double) made.m() * made.k() * precision.cacheBits() / Byte.SIZE;
    double weights = (double) made.n() * made.k() * precision.weightBits() / Byte.SIZE;
    double tiles = Math.ceil((double) made.m() / MADE_ROWS);
    Keys keys =
        new Keys(
            Math.max(products, widening),
            widened * conversion.instructionsPerWeight(),
            made.macs(),
            inputs * attention.heads().keyValues() + weights * tiles,
            inputs + weights);
    return estimate(operator, attention, keys, gapSeconds);
  }

  private static long heads(Attention attention) {
    return (long) attention.batch() * attention.heads().keyValues();
  }

  private static long rows(Attention attention) {
    return (long) attention.heads().queries() / attention.heads().keyValues() * attention.queries();
  }

  private static long blocks(Attention attention) {
    return heads(attention) * ceilDivide(rows(attention), QUERY_ROWS);
  }

  private static double used(Attention attention) {
    long rows = rows(attention);
    return padded(rows, ceilDivide(rows, QUERY_ROWS)) / (double) rows * diagonal(attention);
  }

  private static double seen(Attention attention) {
    return used(attention)
        * attention.pairs()
        / ((double) attention.batch()
            * attention.heads().queries()
            * attention.queries()
            * attention.context());
  }

  private KernelEstimate estimate(
      ModelOperator operator, Attention attention, Keys keys, double gapSeconds) {
    double used = used(attention);
    long blocks = blocks(attention);
    double perSecond = waveShare(blocks) * gpu.multiprocessors() * gpu.hertz();
    double macs =
        gpu.macsPerCycle(precision.attentionType())
            * gpu.fitted().tensorCoreEfficiency()
            * perSecond;
    double scores = attention.pairs() * used;
    double products = attention.macs() * used / macs + keys.seconds();
    double softmax = scores * softmaxCycles() / perSecond;
    double cache = keys.cacheBytes() / (gpu.memory().cacheBytesPerCycle() * gpu.hertz());
    double bytes = keys.bytes() + queryBytes(attention);
    double dram = bytes / gpu.dramBytesPerSecond();
    double busy = products + softmax + edges(attention, blocks);
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = Math.max(Math.max(dram, cache), busy) + latency + gapSeconds;
    Work work =
        new Work(
            attention.macs() * diagonal(attention) + keys.macs(),
            scores * (1 + ARITHMETIC_OPERATIONS + LOGIC_OPERATIONS) + keys.operations(),
            keys.cacheBytes() * (1 + WARPS),
            keys.cacheBytes() + queryBytes(attention),
            bytes);
    return new KernelEstimate(
        operator, seconds, bytes, bound(dram, cache, products, softmax), "flash", work);
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
