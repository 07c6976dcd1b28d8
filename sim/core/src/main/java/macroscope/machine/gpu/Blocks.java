package macroscope.machine.gpu;

import macroscope.workload.Gemm;

/**
 * The thread blocks of one kernel on a processor. In a step a block multiplies one stage of its
 * pipeline; a step takes as long as the slowest of
 *
 * <ul>
 *   <li>the matrix units, which all blocks of a multiprocessor share,
 *   <li>instructions that convert operands of a narrower format: before the matrix units, whose warps wait for
 *       what they convert, or beside them, where other warps do it,
 *   <li>shared memory: what groups of threads read, and what copies write,
 *   <li>the cache, whose bandwidth all multiprocessors share and clusters of blocks load from once,
 *   <li>a latency of external memory over the stages that are on their way.
 * </ul>
 *
 * <p>A round of blocks begins with a latency and the first stage and ends with its results, through
 * shared memory, to the cache; blocks are dealt out evenly, so that the time is that of the
 * multiprocessors with ceil(blocks / multiprocessors) of them.
 */
final class Blocks {

  /** Registers of a thread beside sums and operands: addresses, predicates, counters. */
  private static final int OTHER_REGISTERS = 40;

  private static final int MOST_REGISTERS_PER_THREAD = 255;
  private static final int LANES = 32;
  private static final int SUM_BITS = 32;

  /** Depth of operands that are in registers at a time, in bits: two instructions of 256. */
  private static final int FRAGMENT_BITS = 512;

  /** What the runtime keeps of shared memory for each block (CUDA programming guide, table 15). */
  private static final int RESERVED_BYTES = 1024;

  private static final int MOST_RESIDENT = 8;

  private final Gpu gpu;
  private final GemmOperands operands;
  private final KernelTile tile;
  private final KernelLibrary kernels;
  private final double stageBytes;

  /** For products of as many rows and columns as one of them has. */
  Blocks(Gpu gpu, GemmOperands operands, KernelTile tile, Gemm product) {
    this.gpu = gpu;
    this.tile = tile;
    this.operands = tile.kind() == KernelTile.Kind.SWAPPED ? operands.swapped() : operands;
    Gemm gemm = oriented(product);
    this.kernels =
        gpu.kernels()
            .clusteredIn(
                WaveTraffic.ceilDivide(gemm.m(), tile.rows()),
                WaveTraffic.ceilDivide(gemm.n(), tile.columns()));
    this.stageBytes = this.operands.stageBytes(tile, kernels);
  }

  private Gemm oriented(Gemm product) {
    return tile.kind() == KernelTile.Kind.SWAPPED
        ? new Gemm(product.n(), product.m(), product.k())
        : product;
  }

  /** Blocks that a multiprocessor holds at a time: what shared memory and registers allow; maybe 0. */
  int resident() {
    GpuMemory memory = gpu.memory();
    double shared = stageBytes * tile.stages();
    if (shared > memory.sharedBytes()) {
      return 0;
    }
    double byShared = memory.sharedBytes() / (shared + RESERVED_BYTES);
    double byRegisters = memory.registers() / registers();
    return (int)
        Math.max(byRegisters < 1 ? 0 : 1, Math.min(MOST_RESIDENT, Math.min(byShared, byRegisters)));
  }

  private double registers() {
    int threads = tile.groups() * kernels.threadsPerGroup();
    double sums = kernels.sumsInRegisters() ? (double) tile.rows() * tile.columns() / threads : 0;
    int vectors = tile.rows() / tile.groupRows() + tile.columns() / tile.groupColumns();
    boolean operandsInRegisters = kernels.threadsPerGroup() == LANES;
    double fragments = operandsInRegisters ? (double) vectors * FRAGMENT_BITS / 32 / LANES : 0;
    double each = Math.min(MOST_REGISTERS_PER_THREAD, sums + fragments + OTHER_REGISTERS);
    return each * threads;
  }

  /** The time of a batch of equal products whose sums over K are shared by {@code split} blocks. */
  GpuTime time(Gemm product, int batch, int split) {
    Gemm gemm = oriented(product);
    long tiles =
        WaveTraffic.ceilDivide(gemm.m(), tile.rows())
            * WaveTraffic.ceilDivide(gemm.n(), tile.columns());
    long blocks = tiles * split * batch;
    long depth = tile.depth(operands.type().bits());
    long steps = WaveTraffic.ceilDivide(WaveTraffic.ceilDivide(gemm.k(), depth), split);
    long most = WaveTraffic.ceilDivide(blocks, gpu.multiprocessors());
    int together = (int) Math.min(resident(), most);
    Step step = new Step(blocks, Alignment.of(gemm.k(), operands));
    long rounds = most / together;
    int rest = (int) (most % together);
    double ends = step.edges(split);
    double cycles =
        rounds * steps * step.cycles(together) + (rest > 0 ? steps * step.cycles(rest) : 0);
    long exposed = kernels.epilogueOverlapped() ? 1 : rounds + (rest > 0 ? 1 : 0);
    double compute = (cycles + exposed * ends) / gpu.hertz();
    double bytes =
        bytes(gemm, batch, Math.min(blocks, (long) gpu.multiprocessors() * resident()) / split);
    Work work =
        loop(gemm, step).times((double) blocks * steps).plus(ends(gemm, batch, split, bytes));
    double dram = bytes / gpu.dramBytesPerSecond() + step.beginning() / gpu.hertz();
    return new GpuTime(
        tile,
        split,
        together,
        blocks,
        rounds + (rest > 0 ? 1 : 0),
        compute,
        dram,
        reduction(gemm, batch, split),
        gpu.fitted().launchMicroseconds() * 1e-6,
        bytes,
        step.bound(together),
        work);
  }

  /** What a block does in a step, its share of rows and columns that are none left out. */
  private Work loop(Gemm gemm, Step step) {
    double rows = (double) gemm.m() / WaveTraffic.ceilDivide(gemm.m(), tile.rows());
    double columns = (double) gemm.n() / WaveTraffic.ceilDivide(gemm.n(), tile.columns());
    int depth = tile.depth(operands.type().bits());
    double a = rows * depth * operands.aBits() / 8;
    double b = columns * depth * operands.bBits() / 8;
    double loaded = a / kernels.clusterColumns() + b / kernels.clusterRows();
    double read = a * tile.groupColumns() + b * tile.groupRows();
    return new Work(rows * columns * depth, step.conversions(), read + loaded, loaded, 0);
  }

  /** Results through shared memory to the cache, and what passes between it and external memory. */
  private Work ends(Gemm gemm, int batch, int split, double dramBytes) {
    double results = (double) gemm.m() * gemm.n() * batch * split;
    double stored = split == 1 ? operands.outputBits() : 3.0 * SUM_BITS;
    return new Work(0, 0, results * SUM_BITS / 8, results * stored / 8, dramBytes);
  }

  private double bytes(Gemm gemm, int batch, long concurrent) {
    double read = WaveTraffic.operandBytes(gpu, gemm, operands, tile, Math.max(1, concurrent));
    return batch * (read + (double) gemm.m() * gemm.n() * operands.outputBits() / 8);
  }

  /** Sums of every split are written and read again, in the cache if they fit it. */
  private double reduction(Gemm gemm, int batch, int split) {
    if (split == 1) {
      return 0;
    }
    double sums = (double) batch * split * gemm.m() * gemm.n() * SUM_BITS / 8;
    boolean cached = sums < gpu.memory().cacheBytes();
    double cache = gpu.memory().cacheBytesPerCycle() * gpu.hertz();
    return gpu.kernelGapSeconds() + 2 * sums / (cached ? cache : gpu.dramBytesPerSecond());
  }

  /** Cycles of a step of the main loop, and of what goes before and after all of them. */
  private final class Step {
    private final double matrix;
    private final double converted;
    private final double shared;
    private final double cache;
    private final double latency;
    private final double cacheRate;

    Step(long blocks, Alignment alignment) {
      GpuMemory memory = gpu.memory();
      int depth = tile.depth(operands.type().bits());
      double macs = (double) tile.rows() * tile.columns() * depth;
      double rate = gpu.macsPerCycle(operands.type());
      double read = operands.readBytes(tile, kernels);
      this.matrix = macs / rate / gpu.fitted().tensorCoreEfficiency();
      double copied = stageBytes * alignment.copyFactor(memory.sharedBytesPerCycle());
      this.converted = rowWeights() * cycles(ofRows()) + columnWeights() * cycles(ofColumns());
      this.shared = (read + copied) / memory.sharedBytesPerCycle();
      this.cacheRate = gpu.cacheBytesPerCycle(blocks);
      this.cache = operands.loadedBytes(tile, kernels) / cacheRate;
      this.latency = memory.dramLatencyCycles() / alignment.stagesAhead(tile);
    }

    /** Instructions of lanes that convert a stage's operands. */
    double conversions() {
      return rowWeights() * ofRows().instructionsPerWeight()
          + columnWeights() * ofColumns().instructionsPerWeight();
    }

    private Conversion ofRows() {
      return Conversion.of(gpu, operands.type(), operands.aBits());
    }

    private Conversion ofColumns() {
      return Conversion.of(gpu, operands.type(), operands.bBits());
    }

    /** Numbers of a stage's rows in registers, once for each group of threads along N. */
    private double rowWeights() {
      return (double) tile.rows() * tile.depth(operands.type().bits()) * tile.groupColumns();
    }

    /** The same of its columns, once for each group along M. */
    private double columnWeights() {
      return (double) tile.columns() * tile.depth(operands.type().bits()) * tile.groupRows();
    }

    private double cycles(Conversion conversion) {
      return kernels.convertsBeside()
          ? conversion.pipeCycles(gpu.vector())
          : conversion.chainCycles(gpu.vector());
    }

    /** Of so many blocks on one multiprocessor. */
    double cycles(int together) {
      return Math.max(latency, together * Math.max(busy(), Math.max(shared, cache)));
    }

    /** Of products and conversions. */
    private double busy() {
      return kernels.convertsBeside() ? Math.max(matrix, converted) : matrix + converted;
    }

    Bound bound(int together) {
      double cycles = cycles(together);
      if (cycles == together * busy()) {
        return matrix >= converted ? Bound.TENSOR_CORES : Bound.VECTOR_LANES;
      }
      if (cycles == together * shared) {
        return Bound.SHARED_MEMORY;
      }
      return cycles == together * cache ? Bound.L2_CACHE : Bound.LATENCY;
    }

    /** Until the first stage is there. */
    double beginning() {
      return gpu.memory().dramLatencyCycles() + cache;
    }

    /** The beginning, and results through shared memory to the cache. */
    double edges(int split) {
      double results = (double) tile.rows() * tile.columns();
      double stored = split == 1 ? operands.outputBits() : SUM_BITS;
      return beginning()
          + results * stored / 8 / cacheRate
          + results * SUM_BITS / 8 / gpu.memory().sharedBytesPerCycle();
    }
  }
}
