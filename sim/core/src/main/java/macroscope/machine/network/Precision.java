package macroscope.machine.network;

import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.OperandType;

/**
 * What the numbers of a network are stored as, and what matrix units multiply.
 *
 * @param type what matrix units multiply by weights
 * @param attentionType what they multiply in attention and other products of activations
 * @param activationBits bits of an activation, its share of scales included
 * @param weightBits bits of a weight
 * @param cacheBits bits of a number of the cache: keys and values, or inputs
 * @param stateBits bits of a number of a state
 */
public record Precision(
    OperandType type,
    OperandType attentionType,
    double activationBits,
    double weightBits,
    double cacheBits,
    double stateBits) {

  public Precision {
    for (double bits : new double[] {activationBits, weightBits, cacheBits, stateBits}) {
      if (!(bits > 0 && bits <= 64)) {
        throw new IllegalArgumentException("bits must be above 0 and at most 64: " + bits);
      }
    }
  }

  GemmOperands projection() {
    return new GemmOperands(type, activationBits, weightBits, activationBits);
  }

  GemmOperands rematerialization() {
    return new GemmOperands(type, cacheBits, weightBits, activationBits);
  }

  GemmOperands activations() {
    return GemmOperands.of(attentionType, attentionType.bits());
  }
}
