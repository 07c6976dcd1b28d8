package macroscope.format;

/**
 * A conversion of binary32 arrays to codes of a format of at most 16 bits, without objects and, for
 * most formats, without a branch that depends on the data. Gives the code of {@link NumberFormat#encode} for every binary32
 * number.
 *
 * <p>An encoder belongs to one format, rounding and overflow policy; it holds no state and may be used
 * by many threads. Making one may take a tenth of a second, so make it once.
 */
public interface BulkEncoder {

  /**
   * Sets {@code codes[i]} to the code of {@code x[i]} for from <= i < to; bits above those of the
   * format are zero.
   *
   * @throws IllegalArgumentException if the format has more than 8 bits, or has no code for an element
   *     (a NaN, in most formats without one), whose place is named; codes may then have been written
   * @throws IndexOutOfBoundsException if from..to is not within both arrays
   */
  default void encode(float[] x, int from, int to, byte[] codes) {
    encodeProducts(x, from, to, 1, codes);
  }

  /** As {@link #encode(float[], int, int, byte[])} for the binary32 products {@code x[i] * factor}. */
  void encodeProducts(float[] x, int from, int to, float factor, byte[] codes);

  /** As {@link #encode(float[], int, int, byte[])} for formats of up to 16 bits. */
  void encode(float[] x, int from, int to, short[] codes);

  /**
   * The encoder of a format.
   *
   * @throws IllegalArgumentException if the format has more than 16 bits
   */
  static BulkEncoder of(NumberFormat format, Rounding rounding, Overflow overflow) {
    if (format.bits() > Short.SIZE) {
      throw new IllegalArgumentException(
          format.name() + ": bulk encoding needs at most 16 bits: " + format.bits());
    }
    return format.bits() > Byte.SIZE
            && format instanceof FloatFormat f
            && rounding == RoundingMode.TIES_TO_EVEN
            && NearestFloatBulkEncoder.serves(f, overflow)
        ? new NearestFloatBulkEncoder(f)
        : TableBulkEncoder.of(format, rounding, overflow);
  }
}
