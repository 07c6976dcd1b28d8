package macroscope.accuracy;

/**
 * What was counted in one layer.
 *
 * @param <T> what is counted
 * @param layer name of the node, or {@link CountingArithmetic#ATTENTION}
 * @param counts over all samples
 */
public record LayerCounts<T>(String layer, T counts) {}
