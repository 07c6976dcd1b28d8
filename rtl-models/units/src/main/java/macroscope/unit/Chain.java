package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.tensor.EncodedMatrix;

/**
 * Operands and accumulators of a multiply-add chain in one IEEE format.
 *
 * @param <A> array of numbers: {@code float[]} or {@code double[]}
 */
interface Chain<A> {

  A array(int size);

  /** Reads a code into {@code numbers[at]}, exactly. */
  void read(long code, A numbers, int at);

  /** The code of {@code numbers[at]}; every NaN becomes the canonical one. */
  long code(A numbers, int at);

  /** {@code sums[j] <- a[at] * b[j] + sums[j]} for all sums, each rounded once. */
  void multiplyAdd(A a, int at, A b, A sums);

  /** {@code sums[j] <- 0 * 0 + sums[j]}: what padding does (-0 becomes +0). */
  void addPadding(A sums);

  /**
   * The numbers of an operand: an array for each row of a left one, for each block of columns and k of
   * a right one.
   */
  record Operand<A>(OperandShape shape, List<A> arrays) {}

  default Operand<A> left(FloatFormat format, EncodedMatrix matrix) {
    CodeRows codes = new CodeRows(format, matrix);
    List<A> rows = new ArrayList<>();
    for (int row = 0; row < matrix.rows(); row++) {
      A numbers = array(matrix.columns());
      for (int k = 0; k < matrix.columns(); k++) {
        read(codes.code(row, k), numbers, k);
      }
      rows.add(numbers);
    }
    return new Operand<>(codes.shape(), rows);
  }

  default Operand<A> right(FloatFormat format, EncodedMatrix matrix) {
    CodeRows codes = new CodeRows(format, matrix);
    OperandShape shape = codes.shape();
    List<A> arrays = new ArrayList<>();
    for (int block = 0; block < shape.blocks(); block++) {
      for (int k = 0; k < shape.depth(); k++) {
        A numbers = array(shape.width(block));
        for (int j = 0; j < shape.width(block); j++) {
          read(codes.code(shape.from(block) + j, k), numbers, j);
        }
        arrays.add(numbers);
      }
    }
    return new Operand<>(shape, arrays);
  }

  /** Chains in binary32. */
  final class Binary32 implements Chain<float[]> {
    @Override
    public float[] array(int size) {
      return new float[size];
    }

    @Override
    public void read(long code, float[] numbers, int at) {
      numbers[at] = Float.intBitsToFloat((int) code);
    }

    @Override
    public long code(float[] numbers, int at) {
      return IeeeArithmetic.code32(numbers[at]);
    }

    @Override
    public void multiplyAdd(float[] a, int at, float[] b, float[] sums) {
      IeeeArithmetic.fma32(a[at], b, sums);
    }

    @Override
    public void addPadding(float[] sums) {
      IeeeArithmetic.fma32(0, new float[sums.length], sums);
    }
  }

  /** Chains in binary64. */
  final class Binary64 implements Chain<double[]> {
    @Override
    public double[] array(int size) {
      return new double[size];
    }

    @Override
    public void read(long code, double[] numbers, int at) {
      numbers[at] = Double.longBitsToDouble(code);
    }

    @Override
    public long code(double[] numbers, int at) {
      return IeeeArithmetic.code64(numbers[at]);
    }

    @Override
    public void multiplyAdd(double[] a, int at, double[] b, double[] sums) {
      IeeeArithmetic.fma64(a[at], b, sums);
    }

    @Override
    public void addPadding(double[] sums) {
      IeeeArithmetic.fma64(0, new double[sums.length], sums);
    }
  }
}
