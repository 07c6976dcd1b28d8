package macroscope.elementwise;

import java.util.Arrays;
import macroscope.hardware.Widths;

/**
 * GELU of a row of integers without real numbers (ShiftGELU of I-ViT, arXiv 2207.01405, algorithm 2): x
 * times the sigmoid of 1.702 x, which is 1.1011b x = x + (x >> 1) + (x >> 3) + (x >> 4); the sigmoid is
 * e^(p - m) / (e^(p - m) + e^(-m)) with m the largest p of the row or 0. Results have the input's scale
 * over 2^(outputBits-1).
 *
 * <p>The reciprocal of the sum has 31 bits less those of an exponential: I-ViT's n = 23 leaves it three
 * where 1 is 32 units of the input, and results are up to an eighth too small.
 *
 * @param exponential of differences to the largest
 * @param outputBits of the sigmoid, 2..16
 */
public record ShiftGelu(ShiftExponential exponential, int outputBits) implements RowOperation {

  /** I-ViT's n of GELU. */
  public static final int FRACTION_BITS = 23;

  public ShiftGelu {
    Widths.inRange("output bits", outputBits, 2, 16);
  }

  @Override
  public int resultBits(int inputBits) {
    return inputBits + outputBits;
  }

  @Override
  public String description() {
    return "x times the sigmoid of 1.702 x by shifts: I0 = "
        + exponential.inverseScale()
        + " units are 1, powers have "
        + exponential.bits()
        + " fraction bits below;\nresults in units of 2^-"
        + (outputBits - 1)
        + " of the input's.";
  }

  /** Results in units of the input's scale times 2^-(outputBits-1). */
  @Override
  public long[] of(long[] row) {
    long[] scaled = Arrays.stream(row).map(x -> x + (x >> 1) + (x >> 3) + (x >> 4)).toArray();
    long largest = Math.max(0, Arrays.stream(scaled).max().orElse(0));
    long one = exponential.of(-largest);
    long[] results = new long[row.length];
    for (int i = 0; i < row.length; i++) {
      long power = exponential.of(scaled[i] - largest);
      results[i] = row[i] * Shiftmax.divide(power, power + one, outputBits);
    }
    return results;
  }
}
