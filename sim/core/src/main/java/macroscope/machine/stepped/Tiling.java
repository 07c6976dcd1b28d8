package macroscope.machine.stepped;

import java.util.Locale;
import java.util.Optional;
import macroscope.hardware.Widths;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * Largest sizes of a tile; tiles at the end of a dimension are smaller.
 *
 * @param rows what lies on the array's rows: rows of A, or passes of K where sums move
 * @param columns what lies on its columns: columns of B, rows of A where inputs stay
 * @param streamed what streams past: passes of K, rows of A, columns of B where inputs stay
 */
public record Tiling(int rows, int columns, int streamed) {

  public Tiling {
    Widths.positive("rows of a tile", rows);
    Widths.positive("columns of a tile", columns);
    Widths.positive("streamed of a tile", streamed);
  }

  /** Tiles of the whole array past which everything streams. */
  public static Tiling whole(Machine machine, UnitShape unit, Gemm gemm) {
    Extent extent = Extent.of(machine, unit, gemm);
    return new Tiling(machine.rows(), machine.columns(), extent.streamed());
  }

  /**
   * What lies on rows and columns and what streams, of a whole product.
   *
   * @param rows rows of A, or passes of K where sums move
   * @param columns columns of B, rows of A where inputs stay
   * @param streamed passes of K, rows of A, columns of B where inputs stay
   */
  public record Extent(int rows, int columns, int streamed) {

    /** That of a product on a machine. */
    public static Extent of(Machine machine, UnitShape unit, Gemm gemm) {
      int passes = (gemm.k() + unit.length() - 1) / unit.length();
      return switch (machine.dataflow()) {
        case OUTPUT_STATIONARY -> new Extent(gemm.m(), gemm.n(), passes);
        case WEIGHT_STATIONARY -> new Extent(passes, gemm.n(), gemm.m());
        case INPUT_STATIONARY, TABLE_STATIONARY -> new Extent(passes, gemm.m(), gemm.n());
      };
    }
  }

  /** Fails if a tile is larger than the array. */
  void requireOn(Machine machine) {
    Widths.inRange("rows of a tile", rows, 1, machine.rows());
    Widths.inRange("columns of a tile", columns, 1, machine.columns());
  }

  /**
   * What does not fit: operands of as many tiles as there are buffers, or sums until they are stored, in
   * their SRAMs. Empty if all fits.
   */
  public Optional<String> excess(
      Machine machine, UnitShape unit, MemorySystem memory, StorageBits bits, Gemm gemm) {
    Extent extent = Extent.of(machine, unit, gemm);
    long r = Math.min(rows, extent.rows());
    long c = Math.min(columns, extent.columns());
    long s = Math.min(streamed, extent.streamed());
    long k = unit.length();
    int n = memory.buffers();
    Machine.Sram sram = machine.sram();
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY ->
          excess("activation", n * r * s * k * bits.a(), sram.a())
              .or(() -> excess("weight", n * c * s * k * bits.b(), sram.b()))
              .or(() -> excess("output", n * r * c * bits.output(), sram.output()));
      case WEIGHT_STATIONARY ->
          excess("activation", n * s * r * k * bits.a(), sram.a())
              .or(() -> excess("weight", n * c * r * k * bits.b(), sram.b()))
              .or(() -> excess("output", n * s * c * bits.output(), sram.output()));
      case INPUT_STATIONARY, TABLE_STATIONARY ->
          excess("activation", n * c * r * k * bits.a(), sram.a())
              .or(() -> excess("weight", n * s * r * k * bits.b(), sram.b()))
              .or(() -> excess("output", n * s * c * bits.output(), sram.output()));
    };
  }

  private static Optional<String> excess(String what, double bits, long bytes) {
    return bits <= 8.0 * bytes
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "buffered tiles need %.0f bytes of the %s SRAM of %d",
                bits / 8,
                what,
                bytes));
  }

  @Override
  public String toString() {
    return rows + "x" + columns + "x" + streamed;
  }
}
