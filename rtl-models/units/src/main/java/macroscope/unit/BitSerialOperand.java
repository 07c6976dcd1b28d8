package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;

/** An operand of a {@link BitSerialUnit}, its rows padded with zeros to whole passes. */
public sealed interface BitSerialOperand {

  /** Rows. */
  int rows();

  /** K as given. */
  int depth();

  /**
   * Bit planes as indices of tables.
   *
   * @param groups tables of a row
   * @param indices by row, plane and table: the bits of the inputs of a table, the first the least
   */
  record Planes(int rows, int depth, int groups, byte[] indices) implements BitSerialOperand {

    static Planes of(EncodedMatrix matrix, SerialDigits digits, int inputs, int pass) {
      int groups = wholePasses(matrix.columns(), pass) / inputs;
      byte[] indices = new byte[Math.multiplyExact(matrix.rows() * digits.planes(), groups)];
      for (int row = 0; row < matrix.rows(); row++) {
        for (int k = 0; k < matrix.columns(); k++) {
          long code = matrix.code(row, k);
          for (int plane = 0; plane < digits.planes(); plane++) {
            int at = (row * digits.planes() + plane) * groups + k / inputs;
            indices[at] |= (byte) (digits.bit(code, plane) << k % inputs);
          }
        }
      }
      return new Planes(matrix.rows(), matrix.columns(), groups, indices);
    }
  }

  /**
   * Integers, or floats that were aligned to the largest exponent of their group.
   *
   * @param padded elements of a row
   * @param values row by row
   * @param group inputs that share an exponent; 0 where there are none
   * @param exponents what the values of a group are multiples of, as powers of two; a group that holds
   *     NaN or infinity has {@link #NOT_FINITE}
   */
  record Integers(int rows, int depth, int padded, int[] values, int group, int[] exponents)
      implements BitSerialOperand {

    static final int NOT_FINITE = Integer.MAX_VALUE;

    static Integers of(EncodedMatrix matrix, IntegerFormat format, int pass) {
      int padded = wholePasses(matrix.columns(), pass);
      int[] values = new int[Math.multiplyExact(matrix.rows(), padded)];
      for (int row = 0; row < matrix.rows(); row++) {
        for (int k = 0; k < matrix.columns(); k++) {
          values[row * padded + k] = Math.toIntExact(format.integer(matrix.code(row, k)));
        }
      }
      return new Integers(matrix.rows(), matrix.columns(), padded, values, 0, new int[0]);
    }

    /** Exponents of groups in a row. */
    int groups() {
      return (padded + group - 1) / group;
    }
  }

  /**
   * Real numbers.
   *
   * @param padded elements of a row
   * @param values row by row
   */
  record Reals(int rows, int depth, int padded, float[] values) implements BitSerialOperand {

    /** Each rounded to {@code format}, which has at most 24 significand bits. */
    static Reals of(EncodedMatrix matrix, FloatFormat format, int pass) {
      NumberFormat element = matrix.format().element();
      int padded = wholePasses(matrix.columns(), pass);
      float[] values = new float[Math.multiplyExact(matrix.rows(), padded)];
      RoundedReals reals = new RoundedReals(format);
      for (int row = 0; row < matrix.rows(); row++) {
        for (int k = 0; k < matrix.columns(); k++) {
          long code = matrix.code(row, k);
          values[row * padded + k] = reals.round(element.decodeDouble(code));
        }
      }
      return new Reals(matrix.rows(), matrix.columns(), padded, values);
    }
  }

  /** {@code columns} rounded up to whole passes. */
  private static int wholePasses(int columns, int pass) {
    return Math.multiplyExact((columns + pass - 1) / pass, pass);
  }
}
