package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.SparseMatrix;
import macroscope.tensor.Sparsity;
import macroscope.tensor.TensorFormat;

/**
 * What metadata select of an operand: matrices of kept columns, which a dense unit multiplies. A block
 * that shares a scale shrinks with its elements.
 */
final class SparseSelection {

  private final EncodedMatrix matrix;
  private final Sparsity sparsity;
  private final TensorFormat format;

  /**
   * @param scaled whether the dense unit applies scales of groups; else they are left behind
   * @throws IllegalArgumentException if scales do not fall on groups of the sparsity
   */
  SparseSelection(EncodedMatrix matrix, Sparsity sparsity, boolean scaled) {
    this.matrix = matrix;
    this.sparsity = sparsity;
    TensorFormat whole = matrix.format();
    List<ScaleLevel> levels =
        scaled ? whole.levels().stream().map(this::shrunk).toList() : List.of();
    this.format = new TensorFormat(whole.name(), whole.element(), levels);
  }

  private ScaleLevel shrunk(ScaleLevel level) {
    Extent extent = level.extent();
    if (extent instanceof Extent.Tensor || extent instanceof Extent.Row) {
      return level;
    }
    if (extent instanceof Extent.Group group && group.length() % sparsity.group() == 0) {
      int kept = group.length() / sparsity.group() * sparsity.kept();
      return new ScaleLevel(new Extent.Group(kept), level.format(), level.rule());
    }
    throw new IllegalArgumentException(
        "scales must be those of groups of a multiple of " + sparsity.group() + ": " + extent);
  }

  EncodedMatrix matrix() {
    return matrix;
  }

  /** The kept elements from..to-1 of a row of this, the sparse operand. */
  EncodedMatrix kept(SparseMatrix sparse, int row, int from, int to) {
    long[] codes = new long[to - from];
    for (int k = from; k < to; k++) {
      codes[k - from] = sparse.kept().code(row, k);
    }
    return selected(codes, row, row + 1, from, to);
  }

  /** What meets the kept elements from..to-1 of a row of the other operand, in every row of this. */
  EncodedMatrix chosen(SparseMatrix sparse, int row, int from, int to) {
    int count = to - from;
    long[] codes = new long[Math.multiplyExact(matrix.rows(), count)];
    for (int k = 0; k < count; k++) {
      int column = sparse.column(row, from + k);
      if (column < matrix.columns()) {
        for (int r = 0; r < matrix.rows(); r++) {
          codes[r * count + k] = matrix.code(r, column);
        }
      }
    }
    return selected(codes, 0, matrix.rows(), from, to);
  }

  private EncodedMatrix selected(long[] codes, int firstRow, int endRow, int from, int to) {
    List<double[]> scales = new ArrayList<>();
    for (int level = 0; level < format.levels().size(); level++) {
      scales.add(scales(level, firstRow, endRow, from, to));
    }
    return new EncodedMatrix(format, endRow - firstRow, to - from, codes, scales);
  }

  /** The scales of the rows first..end-1, from the group in which {@code from} lies. */
  private double[] scales(int level, int firstRow, int endRow, int from, int to) {
    Extent extent = format.levels().get(level).extent();
    Extent whole = matrix.format().levels().get(level).extent();
    int rows = endRow - firstRow;
    double[] scales = new double[extent.count(rows, to - from)];
    int perRow = scales.length / rows;
    for (int i = 0; i < scales.length; i++) {
      int group = perRow == 0 ? 0 : i % perRow;
      int row = perRow == 0 ? 0 : firstRow + i / perRow;
      int column = column(extent, from, group);
      scales[i] = matrix.scales(level)[whole.index(row, column, matrix.columns())];
    }
    return scales;
  }

  /** The first column of the whole matrix of a group of kept columns. */
  private int column(Extent extent, int from, int group) {
    int kept = extent instanceof Extent.Group g ? from + group * g.length() : from;
    return kept / sparsity.kept() * sparsity.group();
  }
}
