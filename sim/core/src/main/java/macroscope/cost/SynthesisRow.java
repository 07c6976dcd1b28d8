package macroscope.cost;

import java.util.Map;

/**
 * A unit and what synthesis measured of it.
 *
 * @param unit the unit
 * @param measured values by column; a column that the row leaves blank is missing
 */
public record SynthesisRow(SynthesizedUnit unit, Map<String, Double> measured) {

  public SynthesisRow {
    measured = Map.copyOf(measured);
  }
}
