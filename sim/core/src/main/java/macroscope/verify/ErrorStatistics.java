package macroscope.verify;

import java.util.OptionalDouble;

/**
 * How predictions differ from measurements of one metric.
 *
 * @param rows rows that have the measurement
 * @param meanRelativeError mean of |predicted - measured| / measured (MAPE as a fraction)
 * @param greatestRelativeError largest of the same
 * @param rankCorrelation Spearman's rho, ties at their mean rank; empty with fewer than two rows or
 *     where one side is constant
 * @param uncertain rows that say how exactly they are known
 * @param within those of them that the prediction agrees with
 */
public record ErrorStatistics(
    int rows,
    double meanRelativeError,
    double greatestRelativeError,
    OptionalDouble rankCorrelation,
    int uncertain,
    int within) {

  /** The same of measurements of which so many are known so exactly. */
  ErrorStatistics with(int uncertainRows, int rowsWithin) {
    return new ErrorStatistics(
        rows, meanRelativeError, greatestRelativeError, rankCorrelation, uncertainRows, rowsWithin);
  }

  /**
   * Of two arrays of one length, at least one; measurements are positive, or counts of nothing, whose
   * error is held against one.
   */
  public static ErrorStatistics of(double[] predicted, double[] measured) {
    double sum = 0;
    double greatest = 0;
    for (int i = 0; i < measured.length; i++) {
      double error = Math.abs(predicted[i] - measured[i]) / (measured[i] == 0 ? 1 : measured[i]);
      sum += error;
      greatest = Math.max(greatest, error);
    }
    return new ErrorStatistics(
        measured.length,
        sum / measured.length,
        greatest,
        RankCorrelation.spearman(predicted, measured),
        0,
        0);
  }
}
