package macroscope.cost;

import java.util.Map;
import macroscope.hardware.Inventory;

/**
 * A unit and what synthesis measured of it.
 *
 * @param unit kind of unit: imac, fmac, integer_mac
 * @param formats operand formats, or what else tells units of a kind apart by their operands
 * @param length products of one pass
 * @param inventory what it is built from
 * @param measured values by column; a column that the row leaves blank is missing
 */
public record SynthesisRow(
    String unit, String formats, int length, Inventory inventory, Map<String, Double> measured) {

  public SynthesisRow {
    measured = Map.copyOf(measured);
  }
}
