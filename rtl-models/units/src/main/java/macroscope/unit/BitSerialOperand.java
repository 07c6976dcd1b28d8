package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.EncodedPlanes;

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
   * @param factors of planes by row, group and plane, an offset last; none where they are powers of two
   */
  record Planes(int rows, int depth, int groups, byte[] indices, float[] factors)
      implements BitSerialOperand {

    static Planes of(EncodedMatrix matrix, SerialDigits digits, int inputs, int pass) {
      int columns = matrix.columns();
      int groups = wholePasses(columns, pass) / inputs;
      byte[] indices =
          indices(
              matrix.rows(),
              columns,
              digits.planes(),
              inputs,
              groups,
              (at, plane) -> digits.bit(matrix.codes()[at], plane));
      return new Planes(matrix.rows(), columns, groups, indices, new float[0]);
    }

    /** Planes that are kept as such, with factors rounded already. */
    static Planes of(EncodedPlanes matrix, float[] factors, int inputs, int pass) {
      int groups = wholePasses(matrix.columns(), pass) / inputs;
      byte[] indices =
          indices(
              matrix.rows(),
              matrix.columns(),
              matrix.coding().planes(),
              inputs,
              groups,
              (at, plane) -> matrix.signs()[at] >> plane & 1);
      return new Planes(matrix.rows(), matrix.columns(), groups, indices, factors);
    }

    private static byte[] indices(
        int rows, int columns, int planes, int inputs, int groups, Bits bits) {
      byte[] indices = new byte[Math.multiplyExact(rows * planes, groups)];
      for (int row = 0; row < rows; row++) {
        for (int k = 0; k < columns; k++) {
          for (int plane = 0; plane < planes; plane++) {
            int at = (row * planes + plane) * groups + k / inputs;
            indices[at] |= (byte) (bits.of(row * columns + k, plane) << k % inputs);
          }
        }
      }
      return indices;
    }

    /** The bits of elements. */
    private interface Bits {
      int of(int element, int plane);
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
