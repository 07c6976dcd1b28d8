package macroscope.machine.stepped;

import java.util.List;
import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.machine.Traffic;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/** Elements that tiles of any size move; for tiles of the whole array those of {@link Traffic#of}. */
final class TileTraffic {

  private final Machine machine;
  private final UnitShape unit;
  private final Gemm gemm;
  private long sramA;
  private long sramB;
  private long sumsRead;
  private long sumsWritten;
  private long dramA;
  private long dramB;
  private long stored;

  private TileTraffic(Machine machine, UnitShape unit, Gemm gemm) {
    this.machine = machine;
    this.unit = unit;
    this.gemm = gemm;
  }

  static Traffic of(Machine machine, UnitShape unit, Gemm gemm, List<Tile> tiles) {
    TileTraffic sum = new TileTraffic(machine, unit, gemm);
    tiles.forEach(sum::add);
    return new Traffic(
        sum.sramA, sum.sramB, sum.sumsRead, sum.sumsWritten, sum.dramA, sum.dramB, 0, sum.stored);
  }

  private void add(Tile tile) {
    boolean outputs = machine.dataflow() == Dataflow.OUTPUT_STATIONARY;
    boolean inputsStay = machine.dataflow().inputsStay();
    long depth =
        outputs
            ? depth(tile.firstStreamed(), tile.streamed())
            : depth(tile.firstRow(), tile.rows());
    long onColumns = tile.columns() * depth;
    long other = (outputs ? tile.rows() : tile.streamed()) * depth;
    long a = inputsStay ? onColumns : other;
    long b = inputsStay ? other : onColumns;
    long results = (long) tile.columns() * (outputs ? tile.rows() : tile.streamed());
    sramA += a;
    sramB += b;
    dramA += tile.loadBitsA() > 0 ? a : 0;
    dramB += tile.loadBitsB() > 0 ? b : 0;
    stored += tile.storeBits() > 0 ? results : 0;
    sumsWritten += outputs && tile.storeBits() == 0 ? 0 : results;
    sumsRead += outputs || tile.firstRow() == 0 ? 0 : results;
  }

  private long depth(int first, int passes) {
    long end = Math.min(gemm.k(), (first + (long) passes) * unit.length());
    return end - (long) first * unit.length();
  }
}
