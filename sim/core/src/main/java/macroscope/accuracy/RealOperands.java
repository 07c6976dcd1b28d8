package macroscope.accuracy;

import macroscope.hardware.Widths;

/**
 * Both operands of a matrix product before they are quantized.
 *
 * @param a rows x K, row-major; shared, not to be modified
 * @param b columns x K, row-major; shared, not to be modified
 * @param origin where they come from, in a few words
 */
@SuppressWarnings("ArrayRecordComponent")
public record RealOperands(
    int rows, int columns, int depth, double[] a, double[] b, String origin) {

  /** Random operands: {@code b} is drawn with the seed after that of {@code a}. */
  public static RealOperands random(
      Distribution distribution, long seed, int rows, int columns, int depth) {
    return new RealOperands(
        rows,
        columns,
        depth,
        distribution.sample(seed, rows, depth),
        distribution.sample(seed + 1, columns, depth),
        "synthetic");
  }

  public RealOperands {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    Widths.positive("K", depth);
    requireLength("elements of a", a.length, (long) rows * depth);
    requireLength("elements of b", b.length, (long) columns * depth);
  }

  private static void requireLength(String what, int actual, long expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " must number " + expected + ": " + actual);
    }
  }

  /** {@code A * B^T} in double precision, rows x columns. */
  double[] product() {
    return DenseProduct.multiply(a, rows, b, columns, depth);
  }
}
