package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.List;
import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * The tiles of a product in their order, with what each moves to and from external memory: the
 * residency of {@link macroscope.machine.Traffic}, of which sums that leave the chip unfinished are
 * refused.
 */
final class TileProgram {

  private final Machine machine;
  private final UnitShape unit;
  private final StorageBits bits;
  private final Gemm gemm;

  TileProgram(Machine machine, UnitShape unit, StorageBits bits, Gemm gemm) {
    this.machine = machine;
    this.unit = unit;
    this.bits = bits;
    this.gemm = gemm;
  }

  /** Passes over K of one result. */
  int passes() {
    return (gemm.k() + unit.length() - 1) / unit.length();
  }

  List<Tile> tiles() {
    return machine.dataflow() == Dataflow.OUTPUT_STATIONARY ? outputStationary() : sumsMove();
  }

  private List<Tile> outputStationary() {
    boolean keepA =
        fits(Math.min(gemm.m(), machine.rows()), gemm.k(), bits.a(), machine.sram().a());
    boolean keepB = fits(gemm.n(), gemm.k(), bits.b(), machine.sram().b());
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < gemm.m(); i += machine.rows()) {
      int rows = Math.min(machine.rows(), gemm.m() - i);
      for (int j = 0; j < gemm.n(); j += machine.columns()) {
        int columns = Math.min(machine.columns(), gemm.n() - j);
        long a = j == 0 || !keepA ? size(rows, gemm.k(), bits.a()) : 0;
        long b = i == 0 || !keepB ? size(columns, gemm.k(), bits.b()) : 0;
        tiles.add(new Tile(i, rows, j, columns, a, b, size(rows, columns, bits.output())));
      }
    }
    return tiles;
  }

  private List<Tile> sumsMove() {
    boolean inputsStay = machine.dataflow().inputsStay();
    int across = inputsStay ? gemm.m() : gemm.n();
    int streamed = inputsStay ? gemm.n() : gemm.m();
    double stayingBits = inputsStay ? bits.a() : bits.b();
    double streamedBits = inputsStay ? bits.b() : bits.a();
    long sram = inputsStay ? machine.sram().b() : machine.sram().a();
    boolean keep = fits(streamed, gemm.k(), streamedBits, sram);
    requireSumsFit(Math.min(across, machine.columns()), streamed);
    List<Tile> tiles = new ArrayList<>();
    for (int j = 0; j < across; j += machine.columns()) {
      int columns = Math.min(machine.columns(), across - j);
      for (int i = 0; i < passes(); i += machine.rows()) {
        int rows = Math.min(machine.rows(), passes() - i);
        int depth = Math.min(gemm.k(), (i + rows) * unit.length()) - i * unit.length();
        long staying = size(columns, depth, stayingBits);
        long stream = j == 0 || !keep ? size(streamed, depth, streamedBits) : 0;
        boolean last = i + rows == passes();
        long stored = last ? size(streamed, columns, bits.output()) : 0;
        tiles.add(
            new Tile(
                i,
                rows,
                j,
                columns,
                inputsStay ? staying : stream,
                inputsStay ? stream : staying,
                stored));
      }
    }
    return tiles;
  }

  private void requireSumsFit(int columns, int streamed) {
    boolean severalTiles = passes() > machine.rows();
    if (severalTiles && !fits(columns, streamed, bits.output(), machine.sram().output())) {
      throw new IllegalArgumentException(
          "sums of a column of tiles must fit the output SRAM of "
              + machine.sram().output()
              + " bytes: "
              + (long) columns * streamed);
    }
  }

  private static boolean fits(long rows, long columns, double bits, long bytes) {
    return rows * columns * bits <= 8.0 * bytes;
  }

  private static long size(long rows, long columns, double bits) {
    return (long) Math.ceil(rows * columns * bits);
  }
}
