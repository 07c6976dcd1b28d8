package macroscope.tensor;

import macroscope.hardware.Widths;

/** The elements that share one scale: the whole matrix, a row, a group along a row, or a tile. */
public sealed interface Extent {

  /** A rectangle of a matrix: {@code rows} x {@code columns} elements from (row, column) on. */
  record Region(int row, int rows, int column, int columns) {}

  /** Number of scales of a rows x columns matrix. */
  int count(int rows, int columns);

  /** Which scale element (row, column) of a matrix with {@code columns} columns has. */
  int index(int row, int column, int columns);

  /** Which elements share scale {@code index} of a rows x columns matrix. */
  Region region(int index, int rows, int columns);

  /** How many consecutive elements of a row of {@code columns} share a scale, from a start of one. */
  int run(int columns);

  /** Whether elements that share a scale of {@code inner} always share one of this. */
  boolean contains(Extent inner);

  /** One scale for all. */
  record Tensor() implements Extent {
    @Override
    public int count(int rows, int columns) {
      return 1;
    }

    @Override
    public int index(int row, int column, int columns) {
      return 0;
    }

    @Override
    public Region region(int index, int rows, int columns) {
      return new Region(0, rows, 0, columns);
    }

    @Override
    public int run(int columns) {
      return columns;
    }

    @Override
    public boolean contains(Extent inner) {
      return true;
    }
  }

  /** One scale a row: an output channel of a weight, a token of an activation. */
  record Row() implements Extent {
    @Override
    public int count(int rows, int columns) {
      return rows;
    }

    @Override
    public int index(int row, int column, int columns) {
      return row;
    }

    @Override
    public Region region(int index, int rows, int columns) {
      return new Region(index, 1, 0, columns);
    }

    @Override
    public int run(int columns) {
      return columns;
    }

    @Override
    public boolean contains(Extent inner) {
      return inner instanceof Row || inner instanceof Group;
    }
  }

  /** One scale for each {@code length} consecutive elements of a row; the last group may be shorter. */
  record Group(int length) implements Extent {
    public Group {
      Widths.positive("group length", length);
    }

    /** Groups of a row of {@code columns} elements. */
    public int perRow(int columns) {
      return (columns + length - 1) / length;
    }

    @Override
    public int count(int rows, int columns) {
      return rows * perRow(columns);
    }

    @Override
    public int index(int row, int column, int columns) {
      return row * perRow(columns) + column / length;
    }

    @Override
    public Region region(int index, int rows, int columns) {
      int column = index % perRow(columns) * length;
      return new Region(index / perRow(columns), 1, column, Math.min(length, columns - column));
    }

    @Override
    public int run(int columns) {
      return Math.min(length, columns);
    }

    @Override
    public boolean contains(Extent inner) {
      return inner instanceof Group group && length % group.length == 0;
    }
  }

  /**
   * One scale for each rectangle of {@code height} rows and {@code width} columns; tiles at the lower
   * and right edges may be smaller.
   */
  record Tile(int height, int width) implements Extent {
    public Tile {
      Widths.positive("tile height", height);
      Widths.positive("tile width", width);
    }

    private int perRow(int columns) {
      return (columns + width - 1) / width;
    }

    @Override
    public int count(int rows, int columns) {
      return (rows + height - 1) / height * perRow(columns);
    }

    @Override
    public int index(int row, int column, int columns) {
      return row / height * perRow(columns) + column / width;
    }

    @Override
    public Region region(int index, int rows, int columns) {
      int row = index / perRow(columns) * height;
      int column = index % perRow(columns) * width;
      return new Region(
          row, Math.min(height, rows - row), column, Math.min(width, columns - column));
    }

    @Override
    public int run(int columns) {
      return Math.min(width, columns);
    }

    @Override
    public boolean contains(Extent inner) {
      return inner instanceof Group group && width % group.length == 0
          || inner instanceof Tile tile && height % tile.height == 0 && width % tile.width == 0;
    }
  }
}
