package macroscope.machine.stepped;

import java.util.Arrays;
import macroscope.machine.Machine;

/**
 * One tile whose weights, activations or tables stay: the other operand moves right, sums move down
 * and take the latency of a unit for each row.
 */
final class MovingSumsArray implements ArrayStep {

  private final Tile tile;
  private final UnitPasses<?> units;
  private final boolean inputsStay;
  private final int rows;
  private final int columns;
  private final DelayLine[] left;
  private final DelayLine[] top;
  private final DelayLine[][] below;
  private long[][] fromLeft;
  private final long[][] sums;
  private int farCorner = -1;

  /**
   * @param latency cycles from a sum's entering a unit to its entering the one below
   */
  MovingSumsArray(Machine machine, int latency, Tile tile, UnitPasses<?> units) {
    this.tile = tile;
    this.units = units;
    this.inputsStay = machine.dataflow().inputsStay();
    this.rows = machine.rows();
    this.columns = machine.columns();
    this.left = OutputStationaryArray.skewed(rows, latency);
    this.top = OutputStationaryArray.skewed(columns, 1);
    this.below = new DelayLine[rows][columns];
    Arrays.stream(below).forEach(row -> Arrays.setAll(row, c -> new DelayLine(latency - 1)));
    this.fromLeft = OutputStationaryArray.empty(rows, columns);
    this.sums = OutputStationaryArray.empty(rows, columns);
  }

  @Override
  public boolean step(int pass) {
    long entering = pass < 0 ? Token.NONE : Token.of(pass, pass);
    for (int r = 0; r < rows; r++) {
      fromLeft[r][0] = left[r].shift(entering);
    }
    for (int c = 0; c < columns; c++) {
      sums[0][c] = top[c].shift(entering);
    }
    boolean started = read();
    write();
    return started;
  }

  private boolean read() {
    boolean started = false;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (Token.meet(fromLeft[r][c], sums[r][c]) && r < tile.rows() && c < tile.columns()) {
          add(Token.vector(fromLeft[r][c]), tile.firstColumn() + c, tile.firstRow() + r);
          started = true;
        }
      }
    }
    if (fromLeft[rows - 1][columns - 1] != Token.NONE) {
      farCorner = Token.pass(fromLeft[rows - 1][columns - 1]);
    }
    return started;
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
    long[][] next = OutputStationaryArray.empty(rows, columns);
    for (int r = rows - 1; r >= 0; r--) {
      for (int c = 0; c < columns; c++) {
        long finished = below[r][c].shift(sums[r][c]);
        if (r + 1 < rows) {
          sums[r + 1][c] = finished;
        }
        if (c + 1 < columns) {
          next[r][c + 1] = fromLeft[r][c];
        }
      }
    }
    fromLeft = next;
  }

  @Override
  public int lastAtFarCorner() {
    return farCorner;
  }
}
