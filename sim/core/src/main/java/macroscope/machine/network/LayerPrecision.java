package macroscope.machine.network;

import macroscope.machine.layer.LayerFormats;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.MemoryNeed;

/**
 * What the numbers of a language model are on a machine that times products one by one.
 *
 * @param products activations by weights
 * @param output activations by the output's weights, whose format the embedding has too
 * @param attention activations of attention by numbers of the cache
 * @param stateBits bits of a number of a state
 */
public record LayerPrecision(
    LayerFormats products, LayerFormats output, LayerFormats attention, double stateBits) {

  /** Bytes of weights that a step can read: of the embedding it reads the rows of its tokens alone. */
  double readBytes(LanguageModel model) {
    return weightBytes(model.weights() - model.embeddingWeights(), model.outputWeights());
  }

  private double weightBytes(long all, long wide) {
    return ((all - wide) * products.weightBits() + wide * output.weightBits()) / Byte.SIZE;
  }

  Footprint footprint(LanguageModel model, Inference phase) {
    long wide = model.outputWeights() + model.embeddingWeights();
    double weights = weightBytes(model.weights(), wide);
    double cache =
        (model.cachedNumbers(phase) * attention.weightBits()
                + model.stateNumbers(phase) * stateBits)
            / Byte.SIZE;
    long activations = MemoryNeed.activations(model, phase, true);
    return new Footprint(weights, cache, activations * products.activationBits() / Byte.SIZE);
  }
}
