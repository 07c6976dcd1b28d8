package macroscope.unit;

import java.util.Arrays;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.hardware.Widths;

/**
 * An M x N tile of accumulators as codes of one format, row-major.
 *
 * @param format what the codes mean
 * @param rows M
 * @param columns N
 * @param codes M * N codes; shared and modified by {@link DotProductUnit#gemm}
 */
public record Accumulators(NumberFormat format, int rows, int columns, long[] codes) {

  public Accumulators {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    if (codes.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "codes must number " + (long) rows * columns + ": " + codes.length);
    }
  }

  /** Accumulators that are all +0. */
  public static Accumulators zeros(NumberFormat format, int rows, int columns) {
    long[] codes = new long[rows * columns];
    Arrays.fill(codes, format.encode(Value.ZERO, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE));
    return new Accumulators(format, rows, columns, codes);
  }

  /** What joins an accumulator. */
  interface Cell {
    long sum(int row, int column);
  }

  /** Adds to each accumulator, two's complement integers of at most 63 bits that wrap. */
  void addWrapping(Cell sums) {
    long mask = (1L << format.bits()) - 1;
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++, at++) {
        codes[at] = codes[at] + sums.sum(i, j) & mask;
      }
    }
  }

  /**
   * Checks that {@code c += a * b} over fromK..toK-1 is meant for these accumulators.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  void requireShape(NumberFormat expected, OperandShape a, OperandShape b, int fromK, int toK) {
    if (!format.equals(expected)) {
      throw new IllegalArgumentException(
          "accumulator format must be " + expected.name() + ": " + format.name());
    }
    require("rows", rows, a.rows());
    require("columns", columns, b.rows());
    require("K of b", b.depth(), a.depth());
    Widths.inRange("toK", toK, 0, a.depth());
    Widths.inRange("fromK", fromK, 0, toK);
  }

  private static void require(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " must be " + expected + ": " + actual);
    }
  }
}
