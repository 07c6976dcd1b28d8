package macroscope.machine;

import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * What a machine sees of a unit.
 *
 * @param length L, products of one pass
 * @param pipeline stages and initiation interval
 * @param tableEntries entries that a unit writes, one a cycle, before it multiplies by new activations
 *     of a table-stationary array; without meaning for other dataflows
 */
public record UnitShape(int length, Pipeline pipeline, int tableEntries) {

  public UnitShape {
    Widths.positive("unit length", length);
    Widths.positive("table entries", tableEntries);
  }

  /** A unit without tables. */
  public UnitShape(int length, Pipeline pipeline) {
    this(length, pipeline, 1);
  }

  /** Products that one unit finishes in a cycle when it is never idle. */
  public double macsPerCycle() {
    return (double) length / pipeline.initiationInterval();
  }
}
