package macroscope.format;

import java.util.Optional;
import java.util.ServiceLoader;

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
   * Sets {@code codes[i]} to the code of {@code x[i]} for {@code from <= i < to}; bits above those of the
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
   * The encoder of a format in plain Java, fast from the first array on.
   *
   * @throws IllegalArgumentException if the format has more than 16 bits
   */
  static BulkEncoder of(NumberFormat format, Rounding rounding, Overflow overflow) {
    requireShorts(format);
    // Of bytes most numbers share a table entry: faster than the sum.
    return format.bits() <= Byte.SIZE
        ? TableBulkEncoder.of(format, rounding, overflow)
        : NearestSum.of(format, rounding, overflow)
            .map(NearestSum::plain)
            .orElseGet(() -> TableBulkEncoder.of(format, rounding, overflow));
  }

  /**
   * The encoder that is fastest in the long run: on the JDK's Vector API where the JVM has it and it
   * serves the format, else that of {@link #of}. The same codes. Vectors pay off for programs that
   * encode for seconds: until HotSpot has compiled them, each operation makes objects.
   *
   * @throws IllegalArgumentException if the format has more than 16 bits
   */
  static BulkEncoder vectorized(NumberFormat format, Rounding rounding, Overflow overflow) {
    requireShorts(format);
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return of(format, rounding, overflow);
    }
    return ServiceLoader.load(Provider.class, BulkEncoder.class.getClassLoader()).stream()
        .flatMap(provider -> provider.get().encoder(format, rounding, overflow).stream())
        .findFirst()
        .orElseGet(() -> of(format, rounding, overflow));
  }

  private static void requireShorts(NumberFormat format) {
    if (format.bits() > Short.SIZE) {
      throw new IllegalArgumentException(
          format.name() + ": bulk encoding needs at most 16 bits: " + format.bits());
    }
  }

  /** Offers encoders on instructions that not every JVM has; found by {@link ServiceLoader}. */
  interface Provider {

    /** An encoder for a format of at most 16 bits, if these instructions serve it. */
    Optional<BulkEncoder> encoder(NumberFormat format, Rounding rounding, Overflow overflow);
  }
}
