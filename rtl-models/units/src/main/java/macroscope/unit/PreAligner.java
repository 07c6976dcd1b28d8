package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.format.Value.Kind;
import macroscope.tensor.EncodedMatrix;

/**
 * Turns floats into integers: each group is aligned to its largest exponent E, and each element cut
 * toward zero to a multiple of 2^(E-F). An element lies below 2^(F+1) in magnitude.
 */
final class PreAligner {

  private final FloatFormat format;
  private final FloatFields fields;
  private final int keptFractionBits;

  PreAligner(FloatFormat format, int keptFractionBits) {
    this.format = format;
    this.fields = new FloatFields(format);
    this.keptFractionBits = keptFractionBits;
  }

  /**
   * @param inputs of a group; 0 for the whole row
   * @param pass rows are padded to a multiple of it
   */
  BitSerialOperand.Integers align(EncodedMatrix matrix, int inputs, int pass) {
    int padded = Math.multiplyExact((matrix.columns() + pass - 1) / pass, pass);
    int group = inputs == 0 ? padded : inputs;
    int groups = (padded + group - 1) / group;
    int[] values = new int[Math.multiplyExact(matrix.rows(), padded)];
    int[] exponents = new int[matrix.rows() * groups];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int g = 0; g < groups; g++) {
        int to = Math.min((g + 1) * group, matrix.columns());
        exponents[row * groups + g] = align(matrix, row, g * group, to, values, row * padded);
      }
    }
    return new BitSerialOperand.Integers(
        matrix.rows(), matrix.columns(), padded, values, group, exponents);
  }

  /** The exponent that the values of a group are multiples of. */
  private int align(EncodedMatrix matrix, int row, int from, int to, int[] values, int at) {
    int largest = Integer.MIN_VALUE;
    for (int k = from; k < to; k++) {
      long code = matrix.code(row, k);
      if (fields.kind(code) != Kind.FINITE) {
        return BitSerialOperand.Integers.NOT_FINITE;
      }
      if (fields.significand(code) != 0) {
        largest = Math.max(largest, normalisedExponent(code));
      }
    }
    if (largest == Integer.MIN_VALUE) {
      Arrays.fill(values, at + from, at + Math.max(from, to), 0);
      return 0;
    }
    for (int k = from; k < to; k++) {
      values[at + k] = cut(matrix.code(row, k), largest);
    }
    return largest - keptFractionBits;
  }

  /** Exponent of the leading one, of subnormals too. */
  private int normalisedExponent(long code) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(fields.significand(code)));
    return fields.exponent(code) - format.fractionBits() + bits - 1;
  }

  private int cut(long code, int largest) {
    long significand = fields.significand(code);
    if (significand == 0) {
      return 0;
    }
    int left = keptFractionBits - format.fractionBits() + fields.exponent(code) - largest;
    return left >= 0
        ? Math.toIntExact(significand << left)
        : Math.toIntExact(AlignedSum.truncate(significand, -left));
  }
}
