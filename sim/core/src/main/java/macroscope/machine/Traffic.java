package macroscope.machine;

import macroscope.workload.Gemm;

/**
 * Elements that move between the array, its SRAMs and external memory for one product.
 *
 * <p>SRAM counts are those of SCALE-Sim: an operand that streams is read once for each tile across
 * the other dimension, one that is stationary once; sums that move down are written for each row of
 * tiles, and read back for each but the first (SCALE-Sim does not count these reads, nor do we count
 * its extra rows + columns writes of every output-stationary tile).
 *
 * <p>External memory: output-stationary tiles run along a strip of R rows of A before the next
 * strip, other tiles down K before the next columns. What fits its SRAM as a whole (of A, if outputs
 * are stationary, one strip; of the sums, those of one column of tiles) is moved once. An operand that
 * does not fit is fetched as often as the SRAM reads it; sums that do not fit are stored and fetched
 * back between the tiles that they pass through.
 *
 * @param sramReadsA elements of A read from its SRAM
 * @param sramReadsB elements of B read from its SRAM
 * @param sramReadsOutput partial sums read back
 * @param sramWritesOutput partial sums and results written
 * @param dramReadsA elements of A fetched, each also written to the SRAM
 * @param dramReadsB elements of B fetched, each also written to the SRAM
 * @param dramReadsOutput partial sums fetched
 * @param dramWritesOutput partial sums and results stored
 */
public record Traffic(
    long sramReadsA,
    long sramReadsB,
    long sramReadsOutput,
    long sramWritesOutput,
    long dramReadsA,
    long dramReadsB,
    long dramReadsOutput,
    long dramWritesOutput) {

  /** The traffic of a product whose elements have so many bits. */
  public static Traffic of(Machine machine, UnitShape unit, StorageBits bits, Gemm gemm) {
    SystolicCycles tiling = new SystolicCycles(machine, unit);
    long rowTiles = tiling.rowTiles(gemm);
    long columnTiles = tiling.columnTiles(gemm);
    long a = (long) gemm.m() * gemm.k();
    long b = (long) gemm.n() * gemm.k();
    long c = (long) gemm.m() * gemm.n();
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> {
        long strip = Math.min(gemm.m(), machine.rows()) * (long) gemm.k();
        long againA = fits(strip, bits.a(), machine.sram().a()) ? 1 : columnTiles;
        long againB = fits(b, bits.b(), machine.sram().b()) ? 1 : rowTiles;
        yield new Traffic(a * columnTiles, b * rowTiles, 0, c, a * againA, b * againB, 0, c);
      }
      case WEIGHT_STATIONARY -> {
        long againA = fits(a, bits.a(), machine.sram().a()) ? 1 : columnTiles;
        long slab = Math.min(gemm.n(), machine.columns()) * (long) gemm.m();
        long spills = spills(slab, bits, machine, rowTiles);
        long sums = c * rowTiles;
        yield new Traffic(
            a * columnTiles, b, sums - c, sums, a * againA, b, c * spills, c * (spills + 1));
      }
      case INPUT_STATIONARY, TABLE_STATIONARY -> {
        long againB = fits(b, bits.b(), machine.sram().b()) ? 1 : columnTiles;
        long slab = Math.min(gemm.m(), machine.columns()) * (long) gemm.n();
        long spills = spills(slab, bits, machine, rowTiles);
        long sums = c * rowTiles;
        yield new Traffic(
            a, b * columnTiles, sums - c, sums, a, b * againB, c * spills, c * (spills + 1));
      }
    };
  }

  /** Times that partial sums leave for external memory and come back. */
  private static long spills(long slab, StorageBits bits, Machine machine, long rowTiles) {
    return fits(slab, bits.output(), machine.sram().output()) ? 0 : rowTiles - 1;
  }

  private static boolean fits(long elements, double bits, long bytes) {
    return elements * bits <= 8.0 * bytes;
  }
}
