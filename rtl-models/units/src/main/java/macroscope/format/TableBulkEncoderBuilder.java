package macroscope.format;

import java.util.Arrays;

/**
 * Finds where codes change among the binary32 numbers of one upper half, by bisection: codes follow the
 * order of the numbers, so that a stretch whose ends have one code has no other.
 */
final class TableBulkEncoderBuilder {

  private static final int HALVES = 1 << 16;

  private final NumberFormat format;
  private final Encoder encoder;
  private final long[] entries = new long[HALVES];
  private int[] thresholds = new int[64];
  private int[] codes = new int[64];
  private int used;

  TableBulkEncoderBuilder(NumberFormat format, Encoder encoder) {
    this.format = format;
    this.encoder = encoder;
  }

  TableBulkEncoder build() {
    for (int upper = 0; upper < HALVES; upper++) {
      entries[upper] = entry(upper);
    }
    return new TableBulkEncoder(
        format, entries, Arrays.copyOf(thresholds, used), Arrays.copyOf(codes, used));
  }

  private long entry(int upper) {
    int first = code(upper, 0);
    int last = code(upper, HALVES - 1);
    int start = used;
    find(upper, 0, first, HALVES - 1, last);
    int count = used - start;
    if (count <= 1) {
      long entry = TableBulkEncoder.two(first, last, count == 0 ? HALVES : thresholds[start]);
      used = start;
      return entry;
    }
    System.arraycopy(codes, start, codes, start + 1, count);
    codes[start] = first;
    thresholds[used] = Integer.MAX_VALUE;
    used++;
    reserve();
    return TableBulkEncoder.many(start, count);
  }

  /** Notes the changes after {@code low} up to {@code high}, with the code that each begins. */
  private void find(int upper, int low, int lowCode, int high, int highCode) {
    if (lowCode == highCode) {
      return;
    }
    if (high == low + 1) {
      thresholds[used] = high;
      codes[used] = highCode;
      used++;
      reserve();
      return;
    }
    int middle = (low + high) >>> 1;
    int middleCode = code(upper, middle);
    find(upper, low, lowCode, middle, middleCode);
    find(upper, middle, middleCode, high, highCode);
  }

  /** Room for two more. */
  private void reserve() {
    if (used + 2 > thresholds.length) {
      thresholds = Arrays.copyOf(thresholds, 2 * thresholds.length);
      codes = Arrays.copyOf(codes, 2 * codes.length);
    }
  }

  private int code(int upper, int lower) {
    try {
      return (int) encoder.encode(Float.intBitsToFloat(upper << 16 | lower));
    } catch (IllegalArgumentException e) {
      return TableBulkEncoder.REFUSED;
    }
  }
}
