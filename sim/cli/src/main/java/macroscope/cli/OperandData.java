package macroscope.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import macroscope.accuracy.FittedFormat;
import macroscope.accuracy.NpyFile;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.input.InputException;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.SwitchingActivity;
import macroscope.workload.Gemm;

/**
 * Operands of a product whose bits are counted: drawn, or two files. Of drawn ones there are no more than
 * are looked at, or share a scale.
 *
 * @param a rows of the left operand
 * @param b rows of the right operand
 * @param depth products of a result
 */
record OperandData(double[] a, double[] b, int depth) {

  /** Rows that are drawn at most: those that are looked at, and others for their scale. */
  private static final int MOST_ROWS = 8 * SwitchingActivity.ROWS;

  private static final long SEED = 1;

  /**
   * The operands of a shape.
   *
   * @param text random, sorted, zeros, or A.npy,B.npy (M x K and N x K)
   */
  static OperandData of(String option, String text, Gemm gemm) {
    int rowsA = Math.min(gemm.m(), MOST_ROWS);
    int rowsB = Math.min(gemm.n(), MOST_ROWS);
    int depth = Math.min(gemm.k(), SwitchingActivity.DEPTH);
    double[] a = normal(rowsA, depth, 0);
    double[] b = normal(rowsB, depth, 1);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "random" -> new OperandData(a, b, depth);
      case "sorted" -> new OperandData(sorted(a, depth), sorted(b, depth), depth);
      case "zeros" -> new OperandData(new double[a.length], new double[b.length], depth);
      default -> ofFiles(option, text, gemm);
    };
  }

  private static OperandData ofFiles(String option, String text, Gemm gemm) {
    String[] files = text.split(",");
    if (files.length != 2) {
      throw new InputException(option, "must be random, sorted, zeros or A.npy,B.npy: " + text);
    }
    return new OperandData(
        read(option, files[0], gemm.m(), gemm.k()),
        read(option, files[1], gemm.n(), gemm.k()),
        gemm.k());
  }

  private static double[] read(String option, String file, int rows, int columns) {
    NpyFile.Matrix matrix = NpyFile.read(Path.of(file));
    if (matrix.rows() != rows || matrix.columns() != columns) {
      throw new InputException(
          option,
          String.format(
              Locale.ROOT,
              "%s must be %d x %d: %d x %d",
              file,
              rows,
              columns,
              matrix.rows(),
              matrix.columns()));
    }
    return matrix.values();
  }

  private static double[] normal(int rows, int columns, long stream) {
    Random random = new Random(SEED + stream);
    double[] values = new double[Math.multiplyExact(rows, columns)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  /** Each row in ascending order. */
  private static double[] sorted(double[] values, int columns) {
    for (int from = 0; from < values.length; from += columns) {
      Arrays.sort(values, from, from + columns);
    }
    return values;
  }

  /** How a unit's bits toggle on these operands, relative to random codes. */
  Activity relative(
      DotProductUnit<?> unit, TensorFormat left, TensorFormat right, Stationary stays) {
    EncodedMatrix x = Quantizer.quantize(left, a, a.length / depth, depth);
    TensorFormat fitted = FittedFormat.of(right, b, depth);
    EncodedMatrix y = Quantizer.quantize(fitted, b, b.length / depth, depth);
    SwitchingActivity counter = new SwitchingActivity(unit, left.element(), right.element());
    int looked = Math.min(depth, SwitchingActivity.DEPTH);
    return counter.of(x, y, stays).relativeTo(counter.ofRandomCodes(looked));
  }
}
