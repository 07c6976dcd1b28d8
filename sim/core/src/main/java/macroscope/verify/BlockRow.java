package macroscope.verify;

import java.util.Arrays;
import java.util.Optional;
import macroscope.tensor.EncodedMatrix;

/**
 * The elements of one row of a file of blocks.
 *
 * @param input elements, binary32 widened
 * @param codes codes of the elements
 * @param digits hexadecimal digits of a code
 * @param values binary32 bits of the elements' values, zeros positive
 */
record BlockRow(double[] input, long[] codes, int digits, long[] values) {

  static final Outcome.Unsupported NOT_FINITE =
      new Outcome.Unsupported("blocks with NaN or infinite elements are not quantized");

  static BlockRow read(VectorRow row, int lanes) {
    int digits = row.digits("elem_codes_hex", lanes);
    return new BlockRow(
        row.doubles("in_f32_hex", lanes),
        row.words("elem_codes_hex", digits, lanes),
        digits,
        positiveZeros(row.words("out_f32_hex", 8, lanes)));
  }

  boolean isFinite() {
    return Arrays.stream(input).allMatch(Double::isFinite);
  }

  /** The first difference of the codes and the values. */
  Optional<Outcome.Failed> difference(EncodedMatrix got) {
    return Difference.ofCodes("elem_codes_hex", codes, got.codes(), digits)
        .or(() -> Difference.ofWords("out_f32_hex", values, bits(got.decodeBinary32())));
  }

  static long[] bits(float[] numbers) {
    long[] bits = new long[numbers.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Integer.toUnsignedLong(Float.floatToRawIntBits(numbers[i]));
    }
    return positiveZeros(bits);
  }

  static long[] positiveZeros(long[] bits) {
    return Arrays.stream(bits).map(word -> word == 0x8000_0000L ? 0 : word).toArray();
  }
}
