package macroscope.elementwise;

import java.util.Arrays;
import macroscope.hardware.Widths;

/**
 * Layer normalisation of a row of integers without real numbers (I-LayerNorm of I-ViT, arXiv
 * 2207.01405, section 3.5): deviations from the rounded mean over the root of the sum of their squares,
 * which Newton's iteration finds from 2^16 on in whole numbers. A result times {@code sqrt(row length) *
 * 2^-30} is the normalised number; the factor and the bias of the layer follow in its scale.
 *
 * @param iterations of the root; 10 in I-ViT
 */
public record IntegerLayerNorm(int iterations) implements RowOperation {

  private static final long FIRST_ROOT = 1L << 16;
  private static final long LARGEST_FACTOR = Integer.MAX_VALUE;

  public IntegerLayerNorm {
    Widths.inRange("iterations", iterations, 1, 64);
  }

  @Override
  public int resultBits(int inputBits) {
    return 31;
  }

  @Override
  public String description() {
    return "Deviations from the mean over the root of the sum of their squares, which "
        + iterations
        + " steps of Newton's iteration find.";
  }

  /**
   * The normalised row in units of {@code sqrt(row length) * 2^-30}.
   *
   * @param row |x| < 2^24, at most 2^14 of them
   */
  @Override
  public long[] of(long[] row) {
    for (long x : row) {
      if (Math.abs(x) >= 1 << 24) {
        throw new IllegalArgumentException("an element must be below 2^24 in magnitude: " + x);
      }
    }
    Widths.inRange("elements of a row", row.length, 1, 1 << 14);
    long mean = mean(row);
    long squares = Arrays.stream(row).map(x -> (x - mean) * (x - mean)).sum();
    long factor = LARGEST_FACTOR / Math.max(1, root(squares));
    return Arrays.stream(row).map(x -> (x - mean) * factor >> 1).toArray();
  }

  /** To nearest, ties to even. */
  private static long mean(long[] row) {
    long sum = Arrays.stream(row).sum();
    long floor = Math.floorDiv(sum, row.length);
    long twice = 2 * (sum - floor * row.length);
    boolean up = twice > row.length || (twice == row.length && (floor & 1) != 0);
    return up ? floor + 1 : floor;
  }

  /** What so many steps make of 2^16; at most one above the root if they suffice. */
  long root(long squares) {
    long root = FIRST_ROOT;
    for (int i = 0; i < iterations && root > 0; i++) {
      root = root + squares / root >> 1;
    }
    return root;
  }
}
