package macroscope.tensor;

import java.util.List;

/** Picks the kept cells of every group of a matrix, by the rule of {@link SparseMatrix#compress}. */
final class SparseCompressor {

  private final Sparsity sparsity;
  private final EncodedMatrix matrix;
  private final long zero;
  private final int keptColumns;
  private final long[] codes;
  private final int[] cells;

  SparseCompressor(Sparsity sparsity, EncodedMatrix matrix) {
    this.sparsity = sparsity;
    this.matrix = matrix;
    this.zero = SparseMatrix.zero(matrix.format().element());
    this.keptColumns = sparsity.keptOf(matrix.columns());
    this.codes = new long[Math.multiplyExact(matrix.rows(), keptColumns)];
    this.cells = new int[codes.length / sparsity.cell()];
  }

  SparseMatrix compress() {
    int groups = sparsity.groups(matrix.columns());
    for (int row = 0; row < matrix.rows(); row++) {
      for (int group = 0; group < groups; group++) {
        keep(row, group, chosen(row, group));
      }
    }
    TensorFormat plain =
        new TensorFormat(matrix.format().name(), matrix.format().element(), List.of());
    EncodedMatrix kept = new EncodedMatrix(plain, matrix.rows(), keptColumns, codes, List.of());
    return new SparseMatrix(sparsity, kept, matrix.columns(), cells);
  }

  /** One bit a kept cell. */
  private long chosen(int row, int group) {
    long chosen = 0;
    for (int cell = 0; cell < sparsity.cells(); cell++) {
      chosen |= occupied(row, group, cell) ? 1L << cell : 0;
    }
    if (Long.bitCount(chosen) > sparsity.keptCells()) {
      int from = group * sparsity.group();
      throw new IllegalArgumentException(
          "row "
              + row
              + ", k "
              + from
              + ".."
              + (from + sparsity.group() - 1)
              + " must have at most "
              + sparsity.keptCells()
              + (sparsity.cell() == 1 ? " elements" : " pairs")
              + " other than zero ("
              + sparsity.name()
              + "): "
              + Long.bitCount(chosen));
    }
    for (int cell = sparsity.cells() - sparsity.keptCells(); cell < sparsity.cells(); cell++) {
      if (Long.bitCount(chosen) < sparsity.keptCells()) {
        chosen |= 1L << cell;
      }
    }
    return chosen;
  }

  private boolean occupied(int row, int group, int cell) {
    int from = group * sparsity.group() + cell * sparsity.cell();
    for (int column = from; column < from + sparsity.cell(); column++) {
      if (matrix.format().element().decodeDouble(code(row, column)) != 0) {
        return true;
      }
    }
    return false;
  }

  private long code(int row, int column) {
    return column < matrix.columns() ? matrix.code(row, column) : zero;
  }

  private void keep(int row, int group, long chosen) {
    int at = row * keptColumns + group * sparsity.kept();
    for (int cell = 0; cell < sparsity.cells(); cell++) {
      if ((chosen >>> cell & 1) != 0) {
        cells[at / sparsity.cell()] = cell;
        for (int i = 0; i < sparsity.cell(); i++, at++) {
          codes[at] = code(row, group * sparsity.group() + cell * sparsity.cell() + i);
        }
      }
    }
  }
}
