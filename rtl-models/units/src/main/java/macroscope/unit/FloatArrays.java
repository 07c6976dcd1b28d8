package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.tensor.EncodedMatrix;

/**
 * An operand as binary32 numbers: one array for each row of a left operand, one for each block of
 * columns and k of a right one. Rows that hold NaN or infinity are known by {@link #codes}.
 */
public final class FloatArrays {

  private final CodeRows codes;
  private final List<float[]> arrays;

  private FloatArrays(CodeRows codes, List<float[]> arrays) {
    this.codes = codes;
    this.arrays = arrays;
  }

  /** What becomes of a subnormal operand. */
  enum Subnormals {
    KEPT,
    /** +0, of a negative zero too. */
    POSITIVE_ZERO,
    /** A zero of its sign. */
    SIGNED_ZERO;

    long of(FloatFields fields, long code) {
      boolean small = this != KEPT && fields.subnormalOrZero(code);
      if (!small) {
        return code;
      }
      return this == SIGNED_ZERO && fields.negative(code) ? fields.negativeZero() : 0;
    }
  }

  static FloatArrays left(FloatFormat format, EncodedMatrix matrix, Subnormals subnormals) {
    CodeRows codes = new CodeRows(format, matrix);
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < matrix.rows(); row++) {
      float[] numbers = new float[matrix.columns()];
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = number(format, codes, row, k, subnormals);
      }
      rows.add(numbers);
    }
    return new FloatArrays(codes, rows);
  }

  static FloatArrays right(FloatFormat format, EncodedMatrix matrix, Subnormals subnormals) {
    CodeRows codes = new CodeRows(format, matrix);
    OperandShape shape = codes.shape();
    List<float[]> arrays = new ArrayList<>();
    for (int block = 0; block < shape.blocks(); block++) {
      for (int k = 0; k < shape.depth(); k++) {
        float[] numbers = new float[shape.width(block)];
        for (int j = 0; j < numbers.length; j++) {
          numbers[j] = number(format, codes, shape.from(block) + j, k, subnormals);
        }
        arrays.add(numbers);
      }
    }
    return new FloatArrays(codes, arrays);
  }

  /** Exact: binary32 holds every number of the format. */
  private static float number(
      FloatFormat format, CodeRows codes, int row, int k, Subnormals subnormals) {
    long code = subnormals.of(codes.fields(), codes.code(row, k));
    return IeeeArithmetic.round32(format.decodeDouble(code));
  }

  OperandShape shape() {
    return codes.shape();
  }

  CodeRows codes() {
    return codes;
  }

  /** A row of a left operand. */
  float[] row(int row) {
    return arrays.get(row);
  }

  /** A block of columns of a right operand at k. */
  float[] columns(int block, int k) {
    return arrays.get(shape().array(block, k));
  }
}
