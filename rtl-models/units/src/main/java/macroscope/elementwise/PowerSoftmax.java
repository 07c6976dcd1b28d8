package macroscope.elementwise;

import java.util.Arrays;
import macroscope.format.Logarithms;
import macroscope.hardware.Widths;

/**
 * Softmax to the base 2 of fixed-point numbers, in three passes or in two (online normaliser: Milakov
 * and Gimelshein, arXiv 1805.02867; with whole largest numbers, so that rescaling is a shift: Softermax,
 * Stevens et al., arXiv 2103.09301). Multiply inputs by log2 e for the base e.
 *
 * <p>The largest number is rounded up to a whole one M. An element contributes 2^(x - M) from a table of
 * {@code 2^fractionBits} powers of {@code tableBits} fraction bits, shifted right (cut). Three passes
 * know M before they add; two passes add under the largest so far and shift the sum right by the
 * difference (cut) when a larger one comes. Results are rounded down.
 */
public final class PowerSoftmax implements RowOperation {

  private final int fractionBits;
  private final int tableBits;
  private final int outputBits;
  private final int passes;
  private final long[] table;

  /**
   * @param fractionBits of the inputs, 0..12
   * @param tableBits of the powers, 1..24
   * @param outputBits results are in units of 2^-outputBits, 1..24
   * @param passes 2 or 3
   */
  public PowerSoftmax(int fractionBits, int tableBits, int outputBits, int passes) {
    this.fractionBits = Widths.inRange("fraction bits", fractionBits, 0, 12);
    this.tableBits = Widths.inRange("table bits", tableBits, 1, 24);
    this.outputBits = Widths.inRange("output bits", outputBits, 1, 24);
    this.passes = Widths.inRange("passes", passes, 2, 3);
    this.table = Logarithms.powersOfTwo(fractionBits, tableBits);
  }

  /** Fraction bits of the inputs. */
  public int fractionBits() {
    return fractionBits;
  }

  /** Fraction bits of the powers. */
  public int tableBits() {
    return tableBits;
  }

  /** Times that a row is read. */
  public int passes() {
    return passes;
  }

  /** Fraction bits of the results. */
  public int outputBits() {
    return outputBits;
  }

  @Override
  public int resultBits(int inputBits) {
    return outputBits + 1;
  }

  @Override
  public String description() {
    return "Softmax to the base 2 in "
        + passes
        + " passes: inputs have "
        + fractionBits
        + " fraction bits, powers "
        + tableBits
        + ", results "
        + outputBits
        + ".";
  }

  /** The table: 2^(i / 2^fractionBits), in units of 2^-tableBits. */
  long[] powers() {
    return table.clone();
  }

  /** Results in units of 2^-outputBits. */
  @Override
  public long[] of(long[] row) {
    long largest = Arrays.stream(row).map(this::ceil).max().orElse(0);
    long sum = sum(row);
    return Arrays.stream(row).map(x -> (power(x, largest) << outputBits) / sum).toArray();
  }

  /** The sum of the powers of a row, in units of 2^-tableBits, as this many passes find it. */
  public long sum(long[] row) {
    return passes == 3 ? knownSum(row) : onlineSum(row);
  }

  private long ceil(long x) {
    return -(-x >> fractionBits);
  }

  /** 2^(x - M) in units of 2^-tableBits. */
  private long power(long x, long largest) {
    long difference = x - (largest << fractionBits);
    int shift = (int) Math.min(Long.SIZE - 1, -(difference >> fractionBits));
    return table[(int) (difference & (table.length - 1))] >> shift;
  }

  private long knownSum(long[] row) {
    long largest = Arrays.stream(row).map(this::ceil).max().orElse(0);
    return Arrays.stream(row).map(x -> power(x, largest)).sum();
  }

  private long onlineSum(long[] row) {
    long largest = ceil(row[0]);
    long sum = 0;
    for (long x : row) {
      long next = Math.max(largest, ceil(x));
      sum = (sum >> Math.min(Long.SIZE - 1, next - largest)) + power(x, next);
      largest = next;
    }
    return sum;
  }
}
