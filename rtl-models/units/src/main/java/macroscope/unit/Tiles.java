package macroscope.unit;

import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * A matrix cut into tiles, each a piece of work of its own: one after another, or side by side if the
 * caller runs in a {@link java.util.concurrent.ForkJoinPool}. What comes out does not depend on it, as
 * tiles do not meet.
 *
 * @param rows rows of the matrix
 * @param columns its columns
 * @param tileRows most rows of a tile
 * @param tileColumns most columns of a tile
 */
record Tiles(int rows, int columns, int tileRows, int tileColumns) {

  /** A piece of a matrix. */
  record Tile(int fromRow, int toRow, int fromColumn, int toColumn) {
    int rows() {
      return toRow - fromRow;
    }

    int columns() {
      return toColumn - fromColumn;
    }

    /** Where row {@code i} of this tile begins in a matrix of so many columns. */
    int start(int i, int columns) {
      return (fromRow + i) * columns + fromColumn;
    }
  }

  /** What is done with a tile. */
  interface Work {
    void on(Tile tile);
  }

  void forEach(Work work) {
    int across = (columns + tileColumns - 1) / tileColumns;
    int down = (rows + tileRows - 1) / tileRows;
    IntStream all = IntStream.range(0, Math.multiplyExact(across, down));
    IntStream tiles = ForkJoinTask.inForkJoinPool() ? all.parallel() : all;
    tiles.forEach(index -> work.on(tile(index / across, index % across)));
  }

  private Tile tile(int row, int column) {
    int fromRow = row * tileRows;
    int fromColumn = column * tileColumns;
    return new Tile(
        fromRow,
        Math.min(rows, fromRow + tileRows),
        fromColumn,
        Math.min(columns, fromColumn + tileColumns));
  }
}
