package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * Finds the sizes of tiles with which a product takes fewest cycles. Tried are all sizes that fit the
 * SRAMs: along a dimension of X that of the array, and for each number n of tiles ceil(X / n), since
 * another size would cut it into as many tiles, less evenly; of what streams only n = 1, 2, 4, 8, ... Of
 * tilings that take as long the one with fewest bits of external memory is taken, then the fewest tiles,
 * then the largest rows, columns and stream.
 *
 * @param machine the array
 * @param unit its units
 * @param memory its memories
 * @param bits of elements
 */
public record TileSearch(Machine machine, UnitShape unit, MemorySystem memory, StorageBits bits) {

  /** So that a schedule fits the memory. */
  private static final double MOST_TILES = 1 << 20;

  /**
   * A tiling and what it takes.
   *
   * @param tiling sizes
   * @param cycles all of a product
   * @param dramBits from and to external memory
   * @param tiles how many
   */
  public record Found(Tiling tiling, long cycles, long dramBits, int tiles) {}

  private static final Comparator<Found> BEST_FIRST =
      Comparator.comparingLong(Found::cycles)
          .thenComparingLong(Found::dramBits)
          .thenComparingInt(Found::tiles)
          .thenComparing(found -> found.tiling().rows(), Comparator.reverseOrder())
          .thenComparing(found -> found.tiling().columns(), Comparator.reverseOrder())
          .thenComparing(found -> found.tiling().streamed(), Comparator.reverseOrder());

  /** Fewest cycles; empty if no tiling fits the SRAMs. */
  public Optional<Found> fastest(Gemm gemm) {
    Optional<Found> best = Optional.empty();
    for (Tiling tiling : legal(gemm)) {
      if (best.isEmpty() || arrayCycles(gemm, tiling) <= best.get().cycles()) {
        Found found = found(gemm, tiling);
        best = best.filter(b -> BEST_FIRST.compare(b, found) <= 0).or(() -> Optional.of(found));
      }
    }
    return best;
  }

  private Found found(Gemm gemm, Tiling tiling) {
    TileSchedule schedule = new TileSchedule(machine, unit, memory, bits, gemm, tiling);
    return new Found(tiling, schedule.cycles(), schedule.dramBits(), schedule.tiles());
  }

  /** Fewer cycles than any schedule takes: passes and what each tile adds, no waits. */
  private double arrayCycles(Gemm gemm, Tiling tiling) {
    Tiling.Extent extent = Tiling.Extent.of(machine, unit, gemm);
    double across =
        pieces(extent.rows(), tiling.rows()) * pieces(extent.columns(), tiling.columns());
    double tiles = across * pieces(extent.streamed(), tiling.streamed());
    double each = machine.rows() + machine.columns() - 2.0;
    return across * extent.streamed() + tiles * each;
  }

  /** All tilings that are tried, the largest first. */
  List<Tiling> legal(Gemm gemm) {
    Tiling.Extent extent = Tiling.Extent.of(machine, unit, gemm);
    List<Tiling> legal = new ArrayList<>();
    for (int streamed : halves(extent.streamed())) {
      for (int rows : sizes(extent.rows(), machine.rows())) {
        for (int columns : sizes(extent.columns(), machine.columns())) {
          Tiling tiling = new Tiling(rows, columns, streamed);
          double tiles =
              pieces(extent.rows(), rows)
                  * pieces(extent.columns(), columns)
                  * pieces(extent.streamed(), streamed);
          if (tiles <= MOST_TILES && tiling.excess(machine, unit, memory, bits, gemm).isEmpty()) {
            legal.add(tiling);
          }
        }
      }
    }
    return legal;
  }

  private static double pieces(int extent, int size) {
    return Math.ceil((double) extent / size);
  }

  private static Iterable<Integer> sizes(int extent, int most) {
    TreeSet<Integer> sizes = new TreeSet<>();
    sizes.add(Math.min(extent, most));
    for (int size = Math.min(extent, most); size > 0; size--) {
      int pieces = (extent + size - 1) / size;
      sizes.add((extent + pieces - 1) / pieces);
    }
    return sizes.descendingSet();
  }

  private static Iterable<Integer> halves(int extent) {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (long pieces = 1; pieces < 2L * extent; pieces *= 2) {
      sizes.add((int) ((extent + pieces - 1) / pieces));
    }
    return sizes.descendingSet();
  }
}
