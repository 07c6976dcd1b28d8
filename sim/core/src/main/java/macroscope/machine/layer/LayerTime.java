package macroscope.machine.layer;

/**
 * The predicted time of one product.
 *
 * @param seconds of all its matrices
 * @param bound what most of it is spent on
 * @param mapping how it is cut; empty for machines without a choice
 */
public record LayerTime(double seconds, String bound, String mapping) {

  public LayerTime {
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("seconds must be finite and above 0: " + seconds);
    }
  }
}
