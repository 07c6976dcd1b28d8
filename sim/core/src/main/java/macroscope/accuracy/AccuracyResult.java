package macroscope.accuracy;

import java.util.List;
import java.util.Optional;

/**
 * What a network reached on a data set. Names of metrics:
 *
 * <ul>
 *   <li>{@code accuracy}: share of answers whose first largest logit is the right one
 *       (classification)
 *   <li>{@code nll}: mean cross-entropy in nats
 *   <li>{@code bits_per_char}, {@code ppl_per_char}: nll / ln 2 and exp(nll) (language model)
 *   <li>{@code kl_bits_to_fp32}: mean Kullback-Leibler divergence from the float run's distribution
 *   <li>{@code ..._delta}: paired difference to the float run, whose standard error is far below that
 *       of the difference of two runs on other data
 * </ul>
 *
 * Standard errors are those of a mean over independent samples; characters of a window are correlated,
 * so a language model's sample is a window, never a character.
 *
 * @param metrics in a fixed order
 * @param samples number of samples
 * @param nonFiniteSamples samples with a logit that is NaN or infinite
 * @param logitsDigest SHA-256 over the bits of all logits in hexadecimal: two runs that differ in one
 *     logit differ here
 */
public record AccuracyResult(
    List<Metric> metrics, int samples, int nonFiniteSamples, String logitsDigest) {

  public AccuracyResult {
    metrics = List.copyOf(metrics);
  }

  /** The metric of a name, if the task has it. */
  public Optional<Metric> metric(String name) {
    return metrics.stream().filter(m -> m.name().equals(name)).findFirst();
  }
}
