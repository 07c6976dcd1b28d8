package macroscope.machine.network;

/**
 * Bytes that one machine keeps of a network.
 *
 * @param weights all of them, read or not
 * @param cache keys and values, or inputs, and states; 0 where there is none
 * @param activations at their most
 */
public record Footprint(double weights, double cache, double activations) {

  /** All together. */
  public double total() {
    return weights + cache + activations;
  }
}
