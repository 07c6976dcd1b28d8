package macroscope.tensor;

import macroscope.hardware.Widths;

/** The elements that share one scale: the whole matrix, a row, or a group along a row. */
public sealed interface Extent {

  /** Number of scales of a rows x columns matrix. */
  int count(int rows, int columns);

  /** Which scale element (row, column) of a matrix with {@code columns} columns has. */
  int index(int row, int column, int columns);

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
    public int run(int columns) {
      return columns;
    }

    @Override
    public boolean contains(Extent inner) {
      return !(inner instanceof Tensor);
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
    public int run(int columns) {
      return Math.min(length, columns);
    }

    @Override
    public boolean contains(Extent inner) {
      return inner instanceof Group group && length % group.length == 0;
    }
  }
}
