package macroscope.fpga;

import java.util.OptionalDouble;

/**
 * The clock that a design gets: that of its device, or what its slowest path allows.
 *
 * @param device megahertz of designs on the device
 * @param logic megahertz that the slowest path is predicted to allow; empty if nothing predicts it
 */
public record DesignClock(double device, OptionalDouble logic) {

  /** Megahertz: the lower of both. */
  public double megahertz() {
    return Math.min(device, logic.orElse(device));
  }

  /** Whether the logic is too slow for the device's clock. */
  public boolean limitedByLogic() {
    return logic.orElse(device) < device;
  }

  /** The slower of two designs that share a clock. */
  DesignClock with(DesignClock other) {
    double slower =
        Math.min(
            logic.orElse(Double.POSITIVE_INFINITY), other.logic.orElse(Double.POSITIVE_INFINITY));
    return new DesignClock(
        Math.min(device, other.device),
        slower < Double.POSITIVE_INFINITY ? OptionalDouble.of(slower) : OptionalDouble.empty());
  }
}
