package macroscope.elementwise;

import java.util.Arrays;
import macroscope.hardware.Widths;

/**
 * Softmax of a row of integers without real numbers (Shiftmax of I-ViT, arXiv 2207.01405, algorithm 1):
 * the largest is subtracted, exponentials are by shifts, and the division is one division a row and a
 * multiplication an element, {@code (floor((2^31 - 1) / sum) * e) >> (31 - (k - 1))}. A result of 2^(k-1)
 * stands for 1. Three passes over the row: largest, sum, results.
 *
 * @param exponential of differences to the largest
 * @param outputBits k, 2..16
 */
public record Shiftmax(ShiftExponential exponential, int outputBits) implements RowOperation {

  /** I-ViT's n of softmax. */
  public static final int FRACTION_BITS = 15;

  private static final int DIVISION_BITS = 31;

  public Shiftmax {
    Widths.inRange("output bits", outputBits, 2, 16);
  }

  @Override
  public int resultBits(int inputBits) {
    return outputBits;
  }

  @Override
  public String description() {
    return "Softmax by shifts: I0 = "
        + exponential.inverseScale()
        + " units are 1, powers have "
        + exponential.bits()
        + " fraction bits below;\none reciprocal a row, results in units of 2^-"
        + (outputBits - 1)
        + ".";
  }

  /** Results in units of 2^-(outputBits-1); their sum is at most one. */
  @Override
  public long[] of(long[] row) {
    long largest = Arrays.stream(row).max().orElse(0);
    long[] powers = Arrays.stream(row).map(x -> exponential.of(x - largest)).toArray();
    long sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(e -> divide(e, sum, outputBits)).toArray();
  }

  /**
   * IntDiv: {@code e / sum} in units of 2^-(bits-1), by the reciprocal floor((2^31 - 1) / sum), as
   * I-ViT's code has it; a sum beyond 2^31 - 1 counts as that.
   */
  static long divide(long e, long sum, int bits) {
    long reciprocal = Integer.MAX_VALUE / Math.min(Integer.MAX_VALUE, sum);
    return reciprocal * e >> (DIVISION_BITS - (bits - 1));
  }
}
