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

  /** Leaves of each sum what a two's complement register of so many bits holds. */
  void wrap(int bits) {
    for (int j = 0; j < narrow.length; j++) {
      if (!fitsLong(j)) {
        wide.put(j, wrapped(sum(j), bits));
        narrow[j] = 0;
      } else if (bits < Long.SIZE) {
        narrow[j] = narrow[j] << (Long.SIZE - bits) >> (Long.SIZE - bits);
      }
    }
  }

  /** The two's complement number with the low bits of a sum. */
  static BigInteger wrapped(BigInteger sum, int bits) {
    BigInteger range = BigInteger.ONE.shiftLeft(bits);
    BigInteger low = sum.mod(range);
    return low.testBit(bits - 1) ? low.subtract(range) : low;
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
