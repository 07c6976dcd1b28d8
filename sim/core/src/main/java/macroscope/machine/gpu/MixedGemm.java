package macroscope.machine.gpu;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.workload.Gemm;

/**
 * Products some of whose channels are multiplied in wider integers (COMET, arXiv 2410.12168: W4A8 blocks
 * beside W4A4 ones in one kernel). Blocks of threads walk along both parts of K with one tile, so that the
 * times of their main loops add, as do bytes; results are stored once.
 *
 * @param gpu the processor
 * @param narrow operands of most channels
 * @param wide operands of the others
 * @param wideShare part of K that they are, above 0 and below 1, in whole blocks of 128 channels
 */
public record MixedGemm(Gpu gpu, GemmOperands narrow, GemmOperands wide, double wideShare) {

  /** Channels that are wide together. */
  private static final int BLOCK = 128;

  public MixedGemm {
    if (!(wideShare > 0 && wideShare < 1)) {
      throw new IllegalArgumentException("wide share must be above 0 and below 1: " + wideShare);
    }
  }

  /** The fastest tile's time for K of at least 2; empty if the matrix units lack one of the types. */
  public Optional<GpuTime> time(Gemm gemm) {
    int blocks = (int) Math.round(gemm.k() * wideShare / BLOCK);
    int k = Math.min(Math.max(1, blocks) * BLOCK, gemm.k() - 1);
    Gemm few = new Gemm(gemm.m(), gemm.n(), k);
    Gemm most = new Gemm(gemm.m(), gemm.n(), gemm.k() - k);
    if (gpu.macsPerCycle(narrow.type()) == 0 || gpu.macsPerCycle(wide.type()) == 0) {
      return Optional.empty();
    }
    return gpu.kernels().tiles().stream()
        .filter(tile -> tile.kind() != KernelTile.Kind.VECTOR)
        .flatMap(tile -> times(tile, most, few))
        .min(Comparator.comparingDouble(GpuTime::seconds));
  }

  private Stream<GpuTime> times(KernelTile tile, Gemm most, Gemm few) {
    Blocks blocks = new Blocks(gpu, narrow, tile, most);
    Blocks wideBlocks = new Blocks(gpu, wide, tile, few);
    if (Math.min(blocks.resident(), wideBlocks.resident()) < 1) {
      return Stream.empty();
    }
    long steps = WaveTraffic.ceilDivide(most.k(), tile.depth(narrow.type().bits()));
    return GpuGemm.SPLITS.stream()
        .filter(split -> split == 1 || steps >= 2L * split)
        .map(split -> joined(blocks.time(most, 1, split), wideLoop(wideBlocks, few, split), few));
  }

  /** Seconds of the wide channels' main loop alone: what twice as many take more than once as many. */
  private static double wideLoop(Blocks blocks, Gemm few, int split) {
    Gemm once = new Gemm(few.m(), few.n(), Math.multiplyExact(few.k(), split));
    Gemm twice = new Gemm(few.m(), few.n(), Math.multiplyExact(once.k(), 2));
    double all =
        blocks.time(twice, 1, split).computeSeconds()
            - blocks.time(once, 1, split).computeSeconds();
    return all / split;
  }

  private GpuTime joined(GpuTime time, double wideSeconds, Gemm few) {
    double bytes = ((double) few.m() * wide.aBits() + few.n() * wide.bBits()) * few.k() / 8;
    double loaded = time.work().cacheBytes() * few.k() / Math.max(1, few.k() / wideShare - few.k());
    Work more = new Work(few.macs(), 0, 2 * loaded, loaded, bytes);
    return new GpuTime(
        time.tile(),
        time.split(),
        time.resident(),
        time.blocks(),
        time.waves(),
        time.computeSeconds() + wideSeconds,
        time.dramSeconds() + bytes / gpu.dramBytesPerSecond(),
        time.reductionSeconds(),
        time.launchSeconds(),
        time.dramBytes() + bytes,
        time.loop(),
        time.work().plus(more));
  }
}
