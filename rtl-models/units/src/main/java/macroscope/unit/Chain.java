package macroscope.unit;

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

  /** {@code sums[j] <- a[at] * b[from + j] + sums[j]} for all sums, each rounded once. */
  void multiplyAdd(A a, int at, A b, int from, A sums);

  /** {@code sums[j] <- 0 * 0 + sums[j]}: what padding does (-0 becomes +0). */
  void addPadding(A sums);

  /** The numbers of an operand and where they lie. */
  record Operand<A>(Layout layout, A numbers) {}

  default Operand<A> operand(FloatFormat format, EncodedMatrix matrix, Layout layout) {
    new CodeRows(format, matrix);
    A numbers = array(layout.size());
    for (int row = 0; row < layout.rows(); row++) {
      for (int k = 0; k < layout.depth(); k++) {
        read(matrix.code(row, k), numbers, layout.index(row, k));
      }
    }
    return new Operand<>(layout, numbers);
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
    public void multiplyAdd(float[] a, int at, float[] b, int from, float[] sums) {
      IeeeArithmetic.fma32(a[at], b, from, sums);
    }

    @Override
    public void addPadding(float[] sums) {
      IeeeArithmetic.fma32(0, new float[sums.length], 0, sums);
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
    public void multiplyAdd(double[] a, int at, double[] b, int from, double[] sums) {
      IeeeArithmetic.fma64(a[at], b, from, sums);
    }

    @Override
    public void addPadding(double[] sums) {
      IeeeArithmetic.fma64(0, new double[sums.length], 0, sums);
    }
  }
}
