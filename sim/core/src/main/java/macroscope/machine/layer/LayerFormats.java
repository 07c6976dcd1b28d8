package macroscope.machine.layer;

/**
 * What the operands of products are made of.
 *
 * @param activations name of an activation's element format
 * @param weights name of a weight's element format
 * @param activationBits bits of an activation in memory, its share of scales included
 * @param weightBits bits of a weight in memory, its share of scales included
 */
public record LayerFormats(
    String activations, String weights, double activationBits, double weightBits) {

  public LayerFormats {
    for (double bits : new double[] {activationBits, weightBits}) {
      if (!(bits > 0 && bits <= 64)) {
        throw new IllegalArgumentException("bits must be above 0 and at most 64: " + bits);
      }
    }
  }

  /** Both of one format of so many bits. */
  public static LayerFormats of(String name, double bits) {
    return new LayerFormats(name, name, bits, bits);
  }
}
