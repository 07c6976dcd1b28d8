package macroscope.machine.gpu;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.workload.Gemm;

/**
 * Times of matrix products on a graphics processor: of each tile of the kernel library and each split
 * of K the time is predicted, and the fastest taken, as the heuristics of a library mean to.
 */
public final class GpuGemm {

  static final List<Integer> SPLITS = List.of(1, 2, 3, 4, 5, 6, 8, 12, 16);

  private final Gpu gpu;

  public GpuGemm(Gpu gpu) {
    this.gpu = gpu;
  }

  /**
   * The time of a batch of equal products in one kernel.
   *
   * @param batch products, at least 1
   * @return empty if the matrix units do not multiply this type
   */
  public Optional<GpuTime> time(Gemm gemm, int batch, GemmOperands operands) {
    if (!gpu.macsPerCycle().containsKey(operands.type())) {
      return Optional.empty();
    }
    return tiles(operands).stream()
        .flatMap(tile -> times(gemm, batch, operands, tile))
        .min(Comparator.comparingDouble(GpuTime::seconds));
  }

  /**
   * Where weights are converted, tiles whose groups of threads lie side by side along them, so that each
   * weight is converted once, as MARLIN does; all tiles if the library has none such. Instructions of warp
   * groups take rows alone from registers (PTX ISA: A of {@code wgmma} from registers, of {@code tcgen05}
   * from tensor memory, B from shared memory), so that their weights are rows.
   */
  private List<KernelTile> tiles(GemmOperands operands) {
    List<KernelTile> all = gpu.kernels().tiles();
    if (!Conversion.of(gpu, operands.type(), operands.bBits()).needed()) {
      return all;
    }
    List<KernelTile> once = all.stream().filter(this::convertsOnce).toList();
    return once.isEmpty() ? all : once;
  }

  private boolean convertsOnce(KernelTile tile) {
    boolean inRegisters =
        tile.kind() != KernelTile.Kind.PLAIN || !gpu.kernels().rowsAloneInRegisters();
    return inRegisters && tile.holdsWeightsOnce();
  }

  private Stream<GpuTime> times(Gemm gemm, int batch, GemmOperands operands, KernelTile tile) {
    if (tile.kind() == KernelTile.Kind.VECTOR) {
      return new VectorKernel(gpu, operands, tile).time(gemm, batch).stream();
    }
    Blocks blocks = new Blocks(gpu, operands, tile, gemm);
    if (blocks.resident() < 1) {
      return Stream.empty();
    }
    long steps = WaveTraffic.ceilDivide(gemm.k(), tile.depth(operands.type().bits()));
    return SPLITS.stream()
        .filter(split -> split == 1 || steps >= 2L * split)
        .map(split -> blocks.time(gemm, batch, split));
  }
}
