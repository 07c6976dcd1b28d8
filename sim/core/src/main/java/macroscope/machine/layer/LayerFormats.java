package macroscope.machine.layer;

/**
 * What the operands of products are made of.
 *
 * @param activations name of an activation's element format
 * @param weights name of a weight's element format
 * @param activationElementBits bits of an activation's element alone
 * @param weightElementBits bits of a weight's element alone
 * @param activationBits bits of an activation in memory, its share of scales included
 * @param weightBits bits of a weight in memory, its share of scales included
 */
public record LayerFormats(
    String activations,
    String weights,
    int activationElementBits,
    int weightElementBits,
    double activationBits,
    double weightBits) {

  public LayerFormats {
    for (double bits : new double[] {activationElementBits, weightElementBits}) {
      if (!(bits > 0 && bits <= 64)) {
        throw new IllegalArgumentException("bits must be above 0 and at most 64: " + bits);
      }
    }
    for (double bits : new double[] {activationBits, weightBits}) {
      if (!(bits > 0 && bits < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("bits in memory must be finite and above 0: " + bits);
      }
    }
  }

  /** Both of one format of so many bits, without scales. */
  public static LayerFormats of(String name, int bits) {
    return new LayerFormats(name, name, bits, bits, bits, bits);
  }

  /** Products of activations by activations. */
  public LayerFormats ofActivations() {
    return new LayerFormats(
        activations,
        activations,
        activationElementBits,
        activationElementBits,
        activationBits,
        activationBits);
  }

  /** The same activations by other right operands, as {@code other} has its weights. */
  public LayerFormats withWeights(LayerFormats other) {
    return new LayerFormats(
        activations,
        other.weights,
        activationElementBits,
        other.weightElementBits,
        activationBits,
        other.weightBits);
  }

  /** {@code weights by activations}, for messages. */
  @Override
  public String toString() {
    return weights + " by " + activations;
  }
}
