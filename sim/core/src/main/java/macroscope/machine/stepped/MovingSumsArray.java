package macroscope.machine.stepped;

import java.util.Arrays;
import macroscope.machine.Machine;

/**
 * Tiles whose weights, activations or tables stay: the other operand moves right, sums move down and
 * take the latency of a unit for each row.
 */
final class MovingSumsArray implements ArrayStep {

  private final UnitPasses<?> units;
  private final boolean inputsStay;
  private final int rows;
  private final int columns;
  private final int waiting;
  private final DelayLines left;
  private final DelayLines top;
  private final long[] fromLeft;
  private final long[] sums;
  private final long[] inUnits;
  private Tile tile = new Tile(0, 0, 0, 0, 0, 0, 0, 0, 0);
  private int oldest;
  private int farCorner = -1;

  /**
   * @param latency cycles from a sum's entering a unit to its entering the one below
   */
  MovingSumsArray(Machine machine, int latency, UnitPasses<?> units) {
    this.units = units;
    this.inputsStay = machine.dataflow().inputsStay();
    this.rows = machine.rows();
    this.columns = machine.columns();
    this.waiting = latency - 1;
    this.left = new DelayLines(rows, latency);
    this.top = new DelayLines(columns, 1);
    this.fromLeft = new long[rows * columns];
    this.sums = new long[rows * columns];
    this.inUnits = new long[Math.multiplyExact(waiting, rows * columns)];
  }

  @Override
  public void begin(Tile next) {
    tile = next;
    farCorner = -1;
    oldest = 0;
    left.clear();
    top.clear();
    Arrays.fill(fromLeft, Token.NONE);
    Arrays.fill(sums, Token.NONE);
    Arrays.fill(inUnits, Token.NONE);
  }

  @Override
  public void step(int streamed) {
    int pass = tile.firstStreamed() + streamed;
    long entering = streamed < 0 ? Token.NONE : Token.of(pass, pass);
    for (int r = 0; r < rows; r++) {
      fromLeft[r * columns] = left.shift(r, entering);
    }
    for (int c = 0; c < columns; c++) {
      sums[c] = top.shift(c, entering);
    }
    read();
    write();
  }

  private void read() {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int unit = r * columns + c;
        if (Token.meet(fromLeft[unit], sums[unit]) && r < tile.rows() && c < tile.columns()) {
          add(Token.vector(fromLeft[unit]), tile.firstColumn() + c, tile.firstRow() + r);
        }
      }
    }
    long far = fromLeft[fromLeft.length - 1];
    if (far != Token.NONE) {
      farCorner = Token.pass(far) - tile.firstStreamed();
    }
  }

  private void add(int streamed, int column, int pass) {
    if (inputsStay) {
      units.add(column, streamed, pass);
    } else {
      units.add(streamed, column, pass);
    }
  }

  /** Sums wait in their unit for its latency, the last cycle of which is the step to the unit below. */
  private void write() {
    System.arraycopy(fromLeft, 0, fromLeft, 1, fromLeft.length - 1);
    if (waiting == 0) {
      System.arraycopy(sums, 0, sums, columns, sums.length - columns);
      return;
    }
    int slot = oldest * sums.length;
    for (int unit = sums.length - 1; unit >= 0; unit--) {
      long finished = inUnits[slot + unit];
      inUnits[slot + unit] = sums[unit];
      if (unit + columns < sums.length) {
        sums[unit + columns] = finished;
      }
    }
    oldest = oldest + 1 == waiting ? 0 : oldest + 1;
  }

  @Override
  public int lastAtFarCorner() {
    return farCorner;
  }
}
