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
 * refused. What streams comes in pieces of the tiling: of K, one after another while results stay; of
 * rows or columns, each of which goes down all of K before the next, so that its sums are finished.
 */
final class TileProgram {

  private final Machine machine;
  private final UnitShape unit;
  private final StorageBits bits;
  private final Gemm gemm;
  private final Tiling tiling;
  private final Tiling.Extent extent;

  TileProgram(Machine machine, UnitShape unit, StorageBits bits, Gemm gemm, Tiling tiling) {
    tiling.requireOn(machine);
    this.machine = machine;
    this.unit = unit;
    this.bits = bits;
    this.gemm = gemm;
    this.tiling = tiling;
    this.extent = Tiling.Extent.of(machine, unit, gemm);
  }

  List<Tile> tiles() {
    return machine.dataflow() == Dataflow.OUTPUT_STATIONARY ? outputStationary() : sumsMove();
  }

  private List<Tile> outputStationary() {
    boolean keepA = fits(Math.min(gemm.m(), tiling.rows()), gemm.k(), bits.a(), machine.sram().a());
    boolean keepB = fits(gemm.n(), gemm.k(), bits.b(), machine.sram().b());
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < gemm.m(); i += tiling.rows()) {
      int rows = Math.min(tiling.rows(), gemm.m() - i);
      for (int j = 0; j < gemm.n(); j += tiling.columns()) {
        int columns = Math.min(tiling.columns(), gemm.n() - j);
        for (int s = 0; s < extent.streamed(); s += tiling.streamed()) {
          int passes = Math.min(tiling.streamed(), extent.streamed() - s);
          int depth = depth(s, passes);
          long a = j == 0 || !keepA ? size(rows, depth, bits.a()) : 0;
          long b = i == 0 || !keepB ? size(columns, depth, bits.b()) : 0;
          boolean last = s + passes == extent.streamed();
          long stored = last ? size(rows, columns, bits.output()) : 0;
          tiles.add(new Tile(i, rows, j, columns, s, passes, a, b, stored));
        }
      }
    }
    return tiles;
  }

  private List<Tile> sumsMove() {
    boolean inputsStay = machine.dataflow().inputsStay();
    double stayingBits = inputsStay ? bits.a() : bits.b();
    double streamedBits = inputsStay ? bits.b() : bits.a();
    Machine.Sram sram = machine.sram();
    long streamedSram = inputsStay ? sram.b() : sram.a();
    long stayingSram = inputsStay ? sram.a() : sram.b();
    boolean keep = fits(extent.streamed(), gemm.k(), streamedBits, streamedSram);
    int across = Math.min(extent.columns(), tiling.columns());
    boolean keepStaying = fits(across, gemm.k(), stayingBits, stayingSram);
    requireSumsFit(across, Math.min(extent.streamed(), tiling.streamed()));
    List<Tile> tiles = new ArrayList<>();
    for (int j = 0; j < extent.columns(); j += tiling.columns()) {
      int columns = Math.min(tiling.columns(), extent.columns() - j);
      for (int s = 0; s < extent.streamed(); s += tiling.streamed()) {
        int streamed = Math.min(tiling.streamed(), extent.streamed() - s);
        for (int i = 0; i < extent.rows(); i += tiling.rows()) {
          int rows = Math.min(tiling.rows(), extent.rows() - i);
          int depth = depth(i, rows);
          long staying = s == 0 || !keepStaying ? size(columns, depth, stayingBits) : 0;
          long stream = j == 0 || !keep ? size(streamed, depth, streamedBits) : 0;
          boolean last = i + rows == extent.rows();
          long stored = last ? size(streamed, columns, bits.output()) : 0;
          long a = inputsStay ? staying : stream;
          long b = inputsStay ? stream : staying;
          tiles.add(new Tile(i, rows, j, columns, s, streamed, a, b, stored));
        }
      }
    }
    return tiles;
  }

  /** Elements of K in so many passes. */
  private int depth(int first, int passes) {
    long end = Math.min(gemm.k(), (first + (long) passes) * unit.length());
    return (int) (end - (long) first * unit.length());
  }

  private void requireSumsFit(int columns, int streamed) {
    boolean severalTiles = extent.rows() > tiling.rows();
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
