package macroscope.machine.gpu;

import java.util.Optional;
import macroscope.workload.Gemm;

/**
 * A matrix-vector kernel without matrix units: each warp of a block makes one column's results, 16 bytes of
 * weights a lane at a time go past in registers, pairs of binary16 are multiplied and added, and lanes add up
 * their sums at the end (cuBLAS's {@code gemv} kernels; TensorRT-LLM's {@code weightOnlyBatchedGemv}, which
 * converts weights in registers and has batches of up to 4). Of 16-bit operands only.
 *
 * @param gpu the processor
 * @param operands weights are B
 * @param tile {@code rows}: most rows of activations; {@code columns}: warps of a block; {@code depthBytes}:
 *     what a warp loads at a time; {@code stages}: such loads on their way
 */
record VectorKernel(Gpu gpu, GemmOperands operands, KernelTile tile) {

  /** Warps that every multiprocessor holds at least (CUDA programming guide: 32 of 7.5, up to 64 of others). */
  private static final int WARPS = 32;

  /** Steps in which 32 lanes add up, each a shuffle and an addition that wait for each other. */
  private static final int REDUCTION_STEPS = 5;

  /** Cycles of a shuffle and an addition (Luo et al., arXiv 2402.13499: shared memory 29, addition 4). */
  private static final double STEP_CYCLES = 33;

  /** The time; empty if there are more rows, or operands are not of 16 bits. */
  Optional<GpuTime> time(Gemm gemm, int batch) {
    boolean pairs = operands.type() == OperandType.F16 || operands.type() == OperandType.BF16;
    return pairs && gemm.m() <= tile.rows() ? Optional.of(timeOf(gemm, batch)) : Optional.empty();
  }

  private GpuTime timeOf(Gemm gemm, int batch) {
    long blocks = WaveTraffic.ceilDivide(gemm.n(), tile.columns()) * batch;
    long most = WaveTraffic.ceilDivide(blocks, gpu.multiprocessors());
    int together = (int) Math.min(most, Math.max(1, WARPS / tile.columns()));
    double weights = (double) most * tile.columns() * gemm.k();
    double lanes = weights * laneCycles(gemm.m());
    double cache = weights * bytesPerWeight(gemm) / gpu.cacheBytesPerCycle(blocks);
    double waiting = weights * operands.bBits() / 8 / bytesPerCycleOnTheirWay(together);
    double loop = Math.max(lanes, Math.max(cache, waiting));
    double latency = gpu.memory().dramLatencyCycles();
    double ends = latency + REDUCTION_STEPS * STEP_CYCLES;
    double bytes =
        batch
            * ((double) gemm.n() * gemm.k() * operands.bBits()
                + (double) gemm.m() * gemm.k() * operands.aBits()
                + (double) gemm.m() * gemm.n() * operands.outputBits())
            / 8;
    return new GpuTime(
        tile,
        1,
        together,
        blocks,
        WaveTraffic.ceilDivide(most, together),
        (loop + ends) / gpu.hertz(),
        bytes / gpu.dramBytesPerSecond() + latency / gpu.hertz(),
        0,
        gpu.fitted().launchMicroseconds() * 1e-6,
        bytes,
        bound(loop, lanes, cache),
        work(gemm, batch, bytes));
  }

  /** Of a multiprocessor for a weight: its conversion, and half an instruction for each row. */
  private double laneCycles(int rows) {
    Conversion all = all(rows);
    return all.pipeCycles(gpu.vector());
  }

  private Conversion all(int rows) {
    Conversion conversion = Conversion.of(gpu, operands.type(), operands.bBits());
    return new Conversion(conversion.logicPerWeight(), conversion.pairsPerWeight() + rows / 2.0);
  }

  /** The weight itself, and its block's share of activations. */
  private double bytesPerWeight(Gemm gemm) {
    return (operands.bBits() + gemm.m() * operands.aBits() / tile.columns()) / 8;
  }

  private double bytesPerCycleOnTheirWay(int together) {
    double bytes = (double) together * tile.columns() * tile.depthBytes() * tile.stages();
    return bytes / gpu.memory().dramLatencyCycles();
  }

  private static Bound bound(double loop, double lanes, double cache) {
    if (loop == lanes) {
      return Bound.VECTOR_LANES;
    }
    return loop == cache ? Bound.L2_CACHE : Bound.LATENCY;
  }

  /** Products are of vector lanes, so that matrix units have none. */
  private Work work(Gemm gemm, int batch, double bytes) {
    double weights = (double) batch * gemm.n() * gemm.k();
    double loaded = weights * bytesPerWeight(gemm);
    double operations = weights * all(gemm.m()).instructionsPerWeight();
    return new Work(0, operations, loaded, loaded, bytes);
  }
}
