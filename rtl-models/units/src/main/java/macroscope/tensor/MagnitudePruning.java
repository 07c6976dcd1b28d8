package macroscope.tensor;

import macroscope.hardware.Widths;

/**
 * Structured pruning by magnitude: each group keeps the cells with the largest sum of squares, of
 * equal ones the first, and the rest becomes +0 (Mishra et al., Accelerating Sparse Deep Neural
 * Networks, arXiv 2104.08378, section 4; with cells of one element their rule).
 *
 * @param sparsity the pattern
 */
public record MagnitudePruning(Sparsity sparsity) {

  /**
   * A pruned copy of a row-major rows x columns matrix.
   *
   * @throws IllegalArgumentException if the length of {@code x} does not fit
   */
  public double[] prune(double[] x, int rows, int columns) {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    if (x.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "elements must number " + rows + " x " + columns + ": " + x.length);
    }
    double[] pruned = new double[x.length];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < columns; k += sparsity.group()) {
        int from = row * columns + k;
        keepLargest(x, pruned, from, from + Math.min(sparsity.group(), columns - k));
      }
    }
    return pruned;
  }

  private void keepLargest(double[] x, double[] pruned, int from, int to) {
    boolean[] taken = new boolean[sparsity.cells()];
    for (int kept = 0; kept < sparsity.keptCells(); kept++) {
      int best = -1;
      for (int cell = 0; from + cell * sparsity.cell() < to; cell++) {
        if (!taken[cell] && (best < 0 || energy(x, from, cell, to) > energy(x, from, best, to))) {
          best = cell;
        }
      }
      if (best >= 0) {
        taken[best] = true;
        int start = from + best * sparsity.cell();
        System.arraycopy(x, start, pruned, start, Math.min(sparsity.cell(), to - start));
      }
    }
  }

  /** The magnitude of a single element, so that no square overflows or vanishes; else the squares. */
  private double energy(double[] x, int from, int cell, int to) {
    int start = from + cell * sparsity.cell();
    if (sparsity.cell() == 1) {
      return Math.abs(x[start]);
    }
    double sum = 0;
    for (int i = start; i < Math.min(start + sparsity.cell(), to); i++) {
      sum += x[i] * x[i];
    }
    return sum;
  }
}
