package macroscope.accuracy;

/**
 * A measured quantity.
 *
 * @param name {@code accuracy}, {@code nll}, ...: see {@link AccuracyResult}
 * @param value its value; NaN if a sample's logits are not finite
 * @param standardError of the value as an estimate for all data of the same kind
 */
public record Metric(String name, double value, double standardError) {}
