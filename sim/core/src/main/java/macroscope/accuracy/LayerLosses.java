package macroscope.accuracy;

import macroscope.unit.Losses;

/**
 * What the datapath lost in one layer.
 *
 * @param layer name of the node, or {@link CountingArithmetic#ATTENTION}
 * @param losses counted over all samples
 */
public record LayerLosses(String layer, Losses losses) {}
