package macroscope.machine.stepped;

import java.util.Arrays;
import macroscope.machine.Machine;

/** One tile whose results stay: rows of A move right, columns of B move down, skewed at the edges. */
final class OutputStationaryArray implements ArrayStep {

  private final Tile tile;
  private final UnitPasses<?> units;
  private final int rows;
  private final int columns;
  private final DelayLine[] left;
  private final DelayLine[] top;
  private long[][] fromLeft;
  private long[][] fromTop;
  private int farCorner = -1;

  OutputStationaryArray(Machine machine, Tile tile, UnitPasses<?> units) {
    this.tile = tile;
    this.units = units;
    this.rows = machine.rows();
    this.columns = machine.columns();
    this.left = skewed(rows, 1);
    this.top = skewed(columns, 1);
    this.fromLeft = empty(rows, columns);
    this.fromTop = empty(rows, columns);
  }

  static DelayLine[] skewed(int lines, int step) {
    DelayLine[] skewed = new DelayLine[lines];
    Arrays.setAll(skewed, i -> new DelayLine(i * step));
    return skewed;
  }

  static long[][] empty(int rows, int columns) {
    long[][] registers = new long[rows][columns];
    Arrays.stream(registers).forEach(row -> Arrays.fill(row, Token.NONE));
    return registers;
  }

  /** The token of a row or column of a tile at its edge. */
  static long entering(int pass, int index, int first, int used) {
    return pass < 0 ? Token.NONE : Token.of(index < used ? first + index : Token.PADDING, pass);
  }

  @Override
  public boolean step(int pass) {
    for (int r = 0; r < rows; r++) {
      fromLeft[r][0] = left[r].shift(entering(pass, r, tile.firstRow(), tile.rows()));
    }
    for (int c = 0; c < columns; c++) {
      fromTop[0][c] = top[c].shift(entering(pass, c, tile.firstColumn(), tile.columns()));
    }
    boolean started = read();
    write();
    return started;
  }

  private boolean read() {
    boolean started = false;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (Token.meet(fromLeft[r][c], fromTop[r][c])) {
          started |= start(fromLeft[r][c], fromTop[r][c]);
        }
      }
    }
    if (fromLeft[rows - 1][columns - 1] != Token.NONE) {
      farCorner = Token.pass(fromLeft[rows - 1][columns - 1]);
    }
    return started;
  }

  private boolean start(long a, long b) {
    if (Token.vector(a) == Token.PADDING || Token.vector(b) == Token.PADDING) {
      return false;
    }
    units.add(Token.vector(a), Token.vector(b), Token.pass(a));
    return true;
  }

  private void write() {
    long[][] nextLeft = empty(rows, columns);
    long[][] nextTop = empty(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (c + 1 < columns) {
          nextLeft[r][c + 1] = fromLeft[r][c];
        }
        if (r + 1 < rows) {
          nextTop[r + 1][c] = fromTop[r][c];
        }
      }
    }
    fromLeft = nextLeft;
    fromTop = nextTop;
  }

  @Override
  public int lastAtFarCorner() {
    return farCorner;
  }
}
