package macroscope.format;

import java.util.Objects;

/**
 * Any rounding into any format of at most 16 bits, by a table over the upper half of a binary32
 * number: sign, exponent and seven fraction bits. Numbers with one upper half share a code or few, one
 * after another; the entry says where among the lower halves the next begins.
 *
 * <p>An entry has, from the top: a flag that there are more than two codes (then: where their
 * thresholds start, how many there are), else the least lower half of the second code (17 bits), the
 * second code and the first (17 bits each, the uppermost saying that there is none).
 */
final class TableBulkEncoder implements BulkEncoder {

  static final int REFUSED = 1 << 16;
  private static final int CODE_BITS = 17;
  private static final int CODE_MASK = (1 << CODE_BITS) - 1;
  static final long MANY = Long.MIN_VALUE;
  private static final int COUNT_BITS = 17;

  private final NumberFormat format;
  private final long[] entries;
  private final int[] thresholds;
  private final int[] codes;

  /**
   * @param thresholds least lower halves of the codes but the first of each upper half with many
   * @param codes of the same places: the code of an upper half before its first threshold, then that
   *     after each; so there is one threshold more than needed, which no lower half reaches
   */
  TableBulkEncoder(NumberFormat format, long[] entries, int[] thresholds, int[] codes) {
    this.format = format;
    this.entries = entries;
    this.thresholds = thresholds;
    this.codes = codes;
  }

  static TableBulkEncoder of(NumberFormat format, Rounding rounding, Overflow overflow) {
    return new TableBulkEncoderBuilder(format, format.encoder(rounding, overflow)).build();
  }

  static long two(int first, int second, int threshold) {
    return (long) threshold << 2 * CODE_BITS | (long) second << CODE_BITS | first;
  }

  static long many(int start, int count) {
    return MANY | (long) start << COUNT_BITS | count;
  }

  private int code(float x) {
    int bits = Float.floatToRawIntBits(x);
    int low = bits & 0xFFFF;
    long entry = entries[bits >>> 16];
    if (entry < 0) {
      return search(entry, low);
    }
    // All ones below the threshold: a branch here would be taken at random.
    int below = (low - (int) (entry >>> 2 * CODE_BITS)) >> Integer.SIZE - 1;
    int shift = CODE_BITS & ~below;
    return (int) (entry >>> shift) & CODE_MASK;
  }

  private int search(long entry, int low) {
    int start = (int) ((entry & ~MANY) >>> COUNT_BITS);
    int length = (int) entry & ((1 << COUNT_BITS) - 1);
    int passed = start;
    while (length > 0) {
      int half = (length + 1) >>> 1;
      passed = thresholds[passed + half - 1] <= low ? passed + half : passed;
      length -= half;
    }
    return codes[passed];
  }

  @Override
  public void encodeProducts(float[] x, int from, int to, float factor, byte[] out) {
    requireBytes(format);
    Objects.checkFromToIndex(from, to, Math.min(x.length, out.length));
    int seen = 0;
    for (int i = from; i < to; i++) {
      int code = code(x[i] * factor);
      out[i] = (byte) code;
      seen |= code;
    }
    requireCodes(seen, x, from, to, factor);
  }

  @Override
  public void encode(float[] x, int from, int to, short[] out) {
    Objects.checkFromToIndex(from, to, Math.min(x.length, out.length));
    int seen = 0;
    for (int i = from; i < to; i++) {
      int code = code(x[i]);
      out[i] = (short) code;
      seen |= code;
    }
    requireCodes(seen, x, from, to, 1);
  }

  private void requireCodes(int seen, float[] x, int from, int to, float factor) {
    if ((seen & REFUSED) == 0) {
      return;
    }
    for (int i = from; i < to; i++) {
      if ((code(x[i] * factor) & REFUSED) != 0) {
        throw noCode(format, i, x[i]);
      }
    }
  }

  /** Refuses a format whose codes are no bytes. */
  static void requireBytes(NumberFormat format) {
    if (format.bits() > Byte.SIZE) {
      throw new IllegalArgumentException(
          format.name() + " needs more than a byte: " + format.bits() + " bits");
    }
  }

  /** What an encoder throws for an element that has no code. */
  static IllegalArgumentException noCode(NumberFormat format, int place, float x) {
    return new IllegalArgumentException(
        format.name() + " has no code for element " + place + ": " + x);
  }
}
