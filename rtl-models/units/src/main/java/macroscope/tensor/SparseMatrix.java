package macroscope.tensor;

import java.util.Arrays;
import java.util.List;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * A matrix of structured sparsity as sparse tensor cores take it: of each group of K the codes of the
 * kept cells, and metadata that say which cells these are.
 */
public final class SparseMatrix {

  private final Sparsity sparsity;
  private final EncodedMatrix kept;
  private final int columns;
  private final int[] cells;

  /**
   * @param kept the kept elements, in the order of their selectors; a row has {@code
   *     sparsity.keptOf(columns)} of them
   * @param columns K of the whole matrix
   * @param cells for each row and group the kept cells, 0..cells-1, {@code sparsity.keptCells()} of
   *     them; in any order, though ordered metadata have them ascending ({@link #ordered})
   * @throws IllegalArgumentException if a number does not fit, or a group keeps a cell twice
   */
  public SparseMatrix(Sparsity sparsity, EncodedMatrix kept, int columns, int[] cells) {
    this.sparsity = sparsity;
    this.kept = kept;
    this.columns = columns;
    this.cells = cells.clone();
    require("kept columns", kept.columns(), sparsity.keptOf(columns));
    require("selectors", cells.length, (long) kept.rows() * perRow());
    for (int at = 0; at < cells.length; at += sparsity.keptCells()) {
      requireDistinct(at);
    }
  }

  private static void require(String what, long actual, long expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " must number " + expected + ": " + actual);
    }
  }

  private void requireDistinct(int from) {
    long seen = 0;
    for (int at = from; at < from + sparsity.keptCells(); at++) {
      boolean outside = cells[at] < 0 || cells[at] >= sparsity.cells();
      if (outside || (seen >>> cells[at] & 1) != 0) {
        throw new IllegalArgumentException(
            "selectors of a group must be different cells of 0.."
                + (sparsity.cells() - 1)
                + ": "
                + cells[at]);
      }
      seen |= 1L << cells[at];
    }
  }

  /**
   * The kept elements of a matrix that has the sparsity already; its scales are left behind. Selectors
   * ascend. Where a group has fewer elements other than zero than it keeps, zeros are kept too, the
   * first of its last cells that are free, as PyTorch's conversion for CUTLASS does.
   *
   * @throws IllegalArgumentException naming the first group that has too many
   */
  public static SparseMatrix compress(Sparsity sparsity, EncodedMatrix matrix) {
    return new SparseCompressor(sparsity, matrix).compress();
  }

  /** The pattern. */
  public Sparsity sparsity() {
    return sparsity;
  }

  /** The kept elements. */
  public EncodedMatrix kept() {
    return kept;
  }

  public int rows() {
    return kept.rows();
  }

  /** K of the whole matrix. */
  public int columns() {
    return columns;
  }

  /** Which column of the whole matrix a kept element is from; at or behind K where it fills up. */
  public int column(int row, int keptColumn) {
    int group = keptColumn / sparsity.kept();
    int within = keptColumn % sparsity.kept();
    int cell = cells[row * perRow() + group * sparsity.keptCells() + within / sparsity.cell()];
    return group * sparsity.group() + cell * sparsity.cell() + within % sparsity.cell();
  }

  private int perRow() {
    return sparsity.groups(columns) * sparsity.keptCells();
  }

  /** Whether the selectors of every group ascend, as {@code mma.sp::ordered_metadata} demands. */
  public boolean ordered() {
    for (int at = 1; at < cells.length; at++) {
      if (at % sparsity.keptCells() != 0 && cells[at] <= cells[at - 1]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The metadata of a group as PTX has them: the selectors, that of the first kept cell in the least
   * bits. One of two is 0b0100 or 0b1110, the two halves of the first or the second word.
   */
  public int metadata(int row, int group) {
    int from = row * perRow() + group * sparsity.keptCells();
    if (sparsity.kept() == 1 && sparsity.group() == 2) {
      return cells[from] == 0 ? 0b0100 : 0b1110;
    }
    int bits = 0;
    for (int i = 0; i < sparsity.keptCells(); i++) {
      bits |= cells[from + i] << i * sparsity.selectorBits();
    }
    return bits;
  }

  /** The whole matrix, zeros where nothing is kept. */
  public EncodedMatrix expand() {
    long[] codes = new long[Math.multiplyExact(rows(), columns)];
    Arrays.fill(codes, zero(kept.format().element()));
    for (int row = 0; row < rows(); row++) {
      for (int k = 0; k < kept.columns(); k++) {
        int column = column(row, k);
        if (column < columns) {
          codes[row * columns + column] = kept.code(row, k);
        }
      }
    }
    return new EncodedMatrix(kept.format(), rows(), columns, codes, List.of());
  }

  /**
   * The code of +0.
   *
   * @throws IllegalArgumentException if the format has none
   */
  static long zero(NumberFormat element) {
    long zero = element.encode(Value.ZERO, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    if (!element.decode(zero).isZero()) {
      throw new IllegalArgumentException("sparsity needs a zero: " + element.name());
    }
    return zero;
  }
}
