package macroscope.machine.network;

import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.OperandType;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.ModelOperator;

/**
 * What the numbers of a network are stored as, and what matrix units multiply.
 *
 * @param type what matrix units multiply by weights
 * @param attentionType what they multiply in attention and other products of activations
 * @param activationBits bits of an activation, its share of scales included
 * @param weightBits bits of a weight
 * @param cacheBits bits of a number of the cache: keys and values, or inputs
 * @param stateBits bits of a number of a state
 * @param outputBits bits of a weight of the output and of the embedding, which are often left wider than others
 */
public record Precision(
    OperandType type,
    OperandType attentionType,
    double activationBits,
    double weightBits,
    double cacheBits,
    double stateBits,
    double outputBits) {

  public Precision {
    for (double bits :
        new double[] {activationBits, weightBits, cacheBits, stateBits, outputBits}) {
      if (!(bits > 0 && bits <= 64)) {
        throw new IllegalArgumentException("bits must be above 0 and at most 64: " + bits);
      }
    }
  }

  /** The output's weights are as wide as all others. */
  public Precision(
      OperandType type,
      OperandType attentionType,
      double activationBits,
      double weightBits,
      double cacheBits,
      double stateBits) {
    this(type, attentionType, activationBits, weightBits, cacheBits, stateBits, weightBits);
  }

  /** Bits of a weight of a product. */
  double weightBits(ModelOperator.Projection product) {
    return product.name().equals(LanguageModel.OUTPUT) ? outputBits : weightBits;
  }

  /** Bytes of all weights of a model. */
  double weightBytes(LanguageModel model) {
    long output = model.outputWeights() + model.embeddingWeights();
    return ((model.weights() - output) * weightBits + output * outputBits) / Byte.SIZE;
  }

  /** Bytes of the cache: keys and values, or inputs, and states. */
  double cacheBytes(LanguageModel model, Inference phase) {
    return (model.cachedNumbers(phase) * cacheBits + model.stateNumbers(phase) * stateBits)
        / Byte.SIZE;
  }

  GemmOperands projection(ModelOperator.Projection product) {
    return new GemmOperands(type, activationBits, weightBits(product), activationBits);
  }

  GemmOperands rematerialization() {
    return new GemmOperands(type, cacheBits, weightBits, activationBits);
  }

  GemmOperands activations() {
    return GemmOperands.of(attentionType, attentionType.bits());
  }
}
