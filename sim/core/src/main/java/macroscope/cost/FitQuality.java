package macroscope.cost;

import java.util.OptionalDouble;

/**
 * How well fitted prices explain what they were fitted on, and what was left out of a fit. Errors are
 * means of |predicted - measured| / measured.
 *
 * @param metric column of the synthesis results
 * @param coefficients fitted, none of them negative
 * @param rows fitted
 * @param meanError of the rows fitted
 * @param largestError of the rows fitted
 * @param rankCorrelation Spearman's, of the rows fitted
 * @param formatLeftOut mean error of rows predicted without those of their pair of formats
 * @param unitLeftOut mean error of rows predicted without those of their kind of unit
 */
public record FitQuality(
    String metric,
    int coefficients,
    int rows,
    double meanError,
    double largestError,
    OptionalDouble rankCorrelation,
    double formatLeftOut,
    double unitLeftOut) {}
