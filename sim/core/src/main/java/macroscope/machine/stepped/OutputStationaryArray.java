package macroscope.machine.stepped;

import java.util.Arrays;
import macroscope.machine.Machine;

/** Tiles whose results stay: rows of A move right, columns of B move down, skewed at the edges. */
final class OutputStationaryArray implements ArrayStep {

  private final UnitPasses<?> units;
  private final int rows;
  private final int columns;
  private final DelayLines left;
  private final DelayLines top;
  private final long[] fromLeft;
  private final long[] fromTop;
  private Tile tile = new Tile(0, 0, 0, 0, 0, 0, 0, 0, 0);
  private int farCorner = -1;

  OutputStationaryArray(Machine machine, UnitPasses<?> units) {
    this.units = units;
    this.rows = machine.rows();
    this.columns = machine.columns();
    this.left = new DelayLines(rows, 1);
    this.top = new DelayLines(columns, 1);
    this.fromLeft = new long[rows * columns];
    this.fromTop = new long[rows * columns];
  }

  @Override
  public void begin(Tile next) {
    tile = next;
    farCorner = -1;
    left.clear();
    top.clear();
    Arrays.fill(fromLeft, Token.NONE);
    Arrays.fill(fromTop, Token.NONE);
  }

  /** The token of a row or column of a tile at its edge. */
  private long entering(int streamed, int index, int first, int used) {
    return streamed < 0
        ? Token.NONE
        : Token.of(index < used ? first + index : Token.PADDING, tile.firstStreamed() + streamed);
  }

  @Override
  public void step(int streamed) {
    for (int r = 0; r < rows; r++) {
      fromLeft[r * columns] = left.shift(r, entering(streamed, r, tile.firstRow(), tile.rows()));
    }
    for (int c = 0; c < columns; c++) {
      fromTop[c] = top.shift(c, entering(streamed, c, tile.firstColumn(), tile.columns()));
    }
    read();
    write();
  }

  private void read() {
    for (int unit = 0; unit < fromLeft.length; unit++) {
      long a = fromLeft[unit];
      long b = fromTop[unit];
      if (Token.meet(a, b)
          && Token.vector(a) != Token.PADDING
          && Token.vector(b) != Token.PADDING) {
        units.add(Token.vector(a), Token.vector(b), Token.pass(a));
      }
    }
    long far = fromLeft[fromLeft.length - 1];
    if (far != Token.NONE) {
      farCorner = Token.pass(far) - tile.firstStreamed();
    }
  }

  /** Every register takes what its neighbour held; the edges are filled next. */
  private void write() {
    System.arraycopy(fromLeft, 0, fromLeft, 1, fromLeft.length - 1);
    System.arraycopy(fromTop, 0, fromTop, columns, fromTop.length - columns);
  }

  @Override
  public int lastAtFarCorner() {
    return farCorner;
  }
}
