package macroscope.unit;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Integer sums of unlimited size, one a column: longs, and big integers where a sum outgrows them. */
final class ExactSums {

  /** Sums stay below 2^61 in magnitude, so that two of them can be added. */
  private static final int LONG_BITS = 61;

  private final long[] narrow;
  private final Map<Integer, BigInteger> wide = new HashMap<>();

  ExactSums(int columns) {
    this.narrow = new long[columns];
  }

  void clear() {
    Arrays.fill(narrow, 0);
    wide.clear();
  }

  /** Adds {@code value * 2^shift} to the sum of column {@code j}. */
  void add(int j, long value, int shift) {
    if (value == 0) {
      return;
    }
    if (bits(value) + shift <= LONG_BITS) {
      long sum = narrow[j] + (value << shift);
      if (bits(sum) <= LONG_BITS) {
        narrow[j] = sum;
        return;
      }
    }
    wide.merge(j, BigInteger.valueOf(value).shiftLeft(shift), BigInteger::add);
  }

  private static int bits(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.abs(value));
  }

  /** Whether {@link #narrow} is the sum. */
  boolean fitsLong(int j) {
    return wide.isEmpty() || !wide.containsKey(j);
  }

  long narrow(int j) {
    return narrow[j];
  }

  BigInteger sum(int j) {
    return wide.getOrDefault(j, BigInteger.ZERO).add(BigInteger.valueOf(narrow[j]));
  }
}
