package macroscope.reference;

import java.util.TreeSet;
import macroscope.format.NumberFormat;
import macroscope.tensor.Sparsity;

/** The dense unit on those pairs whose element of the sparse operand is kept, k ascending. */
public final class ReferenceSparseDot implements ReferenceUnit {

  private final ReferenceUnit dense;
  private final Sparsity sparsity;
  private final NumberFormat format;
  private final boolean left;

  /**
   * @param format of the sparse operand
   * @param left whether that is the left one
   */
  public ReferenceSparseDot(
      ReferenceUnit dense, Sparsity sparsity, NumberFormat format, boolean left) {
    this.dense = dense;
    this.sparsity = sparsity;
    this.format = format;
    this.left = left;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    TreeSet<Integer> kept = new TreeSet<>();
    for (int from = 0; from < a.length; from += sparsity.group()) {
      kept.addAll(kept(left ? a : b, from));
    }
    return dense.dot(at(a, kept), at(b, kept), c);
  }

  private static long[] at(long[] codes, TreeSet<Integer> places) {
    return places.stream().mapToLong(k -> k < codes.length ? codes[k] : 0).toArray();
  }

  /** Cells with a number other than zero, then the last ones of the group as they are free. */
  private TreeSet<Integer> kept(long[] codes, int from) {
    TreeSet<Integer> kept = new TreeSet<>();
    for (int k = from; k < Math.min(from + sparsity.group(), codes.length); k++) {
      if (!format.decode(codes[k]).isZero()) {
        addCell(kept, from, (k - from) / sparsity.cell());
      }
    }
    int cell = sparsity.cells() - sparsity.keptCells();
    while (kept.size() < sparsity.kept()) {
      addCell(kept, from, cell++);
    }
    return kept;
  }

  private void addCell(TreeSet<Integer> kept, int from, int cell) {
    for (int i = 0; i < sparsity.cell(); i++) {
      kept.add(from + cell * sparsity.cell() + i);
    }
  }
}
