package macroscope.sweep;

import java.util.ArrayList;
import java.util.List;
import macroscope.accuracy.Distribution;
import macroscope.accuracy.MatrixFormat;
import macroscope.accuracy.Metric;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Qsnr;
import macroscope.accuracy.Treatment;

/**
 * Formats on random matrices: what each stores and what it loses.
 *
 * @param name of the run and of its folder
 * @param title of the charts
 * @param matrices to quantize
 * @param series groups of formats, each drawn in one colour
 */
public record QsnrSweep(String name, String title, List<Matrix> matrices, List<Series> series) {

  public QsnrSweep {
    matrices = List.copyOf(matrices);
    series = List.copyOf(series);
  }

  /** A random matrix. */
  public record Matrix(Distribution distribution, int rows, int columns, long seed) {
    public Matrix {
      if (rows < 1 || columns < 1 || (long) rows * columns > 1 << 26) {
        throw new IllegalArgumentException(
            "rows and columns must be positive, their product at most 2^26: "
                + rows
                + ", "
                + columns);
      }
    }
  }

  /**
   * Formats that belong together.
   *
   * @param treatment of their elements
   */
  public record Series(String name, Treatment treatment, List<MatrixFormat> formats) {
    public Series {
      formats = List.copyOf(formats);
    }
  }

  /**
   * One format on one matrix.
   *
   * @param bitsPerElement stored, scales included
   * @param qsnr in decibels; infinite where the format is exact
   */
  public record Result(
      Matrix matrix, Series series, MatrixFormat format, double bitsPerElement, Metric qsnr) {}

  /** Measures every format on every matrix, in the order of the lists. */
  public List<Result> run(Progress progress) {
    int all = matrices.size() * series.stream().mapToInt(s -> s.formats().size()).sum();
    List<Result> results = new ArrayList<>();
    for (Matrix matrix : matrices) {
      double[] x = matrix.distribution().sample(matrix.seed(), matrix.rows(), matrix.columns());
      for (Series one : series) {
        for (MatrixFormat format : one.formats()) {
          results.add(measure(matrix, one, format, x));
          progress.finished(results.size(), all);
        }
      }
    }
    return results;
  }

  private static Result measure(Matrix matrix, Series series, MatrixFormat format, double[] x) {
    Qsnr qsnr = new Qsnr(format.on(x, matrix.rows(), matrix.columns(), series.treatment()));
    qsnr.add(x, matrix.rows(), matrix.columns(), 1);
    double bits = format.bitsPerElement(matrix.rows(), matrix.columns());
    return new Result(matrix, series, format, bits, qsnr.metric());
  }

  /** The results on a matrix that no other format beats in both bits and QSNR, fewest bits first. */
  public static ParetoFront<Result> front(List<Result> results) {
    return ParetoFront.of(
        results,
        List.of(
            new ParetoFront.Criterion<>(Direction.MINIMISE, Result::bitsPerElement),
            new ParetoFront.Criterion<>(Direction.MAXIMISE, r -> r.qsnr().value())));
  }
}
