package macroscope.verify;

import java.util.Optional;

/**
 * What errors of a file's predictions must not exceed, as the text beside the file says.
 *
 * @param mean of relative errors, as a fraction; empty if none is said
 * @param greatest of them
 */
public record ErrorBound(Optional<Double> mean, Optional<Double> greatest) {

  /** Whether errors are within it. */
  public boolean holds(ErrorStatistics errors) {
    return mean.map(most -> errors.meanRelativeError() <= most).orElse(true)
        && greatest.map(most -> errors.greatestRelativeError() <= most).orElse(true);
  }
}
