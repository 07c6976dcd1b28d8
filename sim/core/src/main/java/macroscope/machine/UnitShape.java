package macroscope.machine;

import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * What a machine sees of a unit.
 *
 * @param length L, products of one pass
 * @param pipeline stages and initiation interval
 */
public record UnitShape(int length, Pipeline pipeline) {

  public UnitShape {
    Widths.positive("unit length", length);
  }

  /** Products that one unit finishes in a cycle when it is never idle. */
  public double macsPerCycle() {
    return (double) length / pipeline.initiationInterval();
  }
}
