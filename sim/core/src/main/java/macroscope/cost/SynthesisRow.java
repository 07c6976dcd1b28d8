package macroscope.cost;

import java.util.Map;
import macroscope.hardware.Inventory;

/**
 * A unit and what synthesis measured of it.
 *
 * @param origin the file that it comes from, as it was named
 * @param unit kind of unit: imac, fmac, integer_mac
 * @param formats operand formats, or what else tells units of a kind apart by their operands
 * @param length products of one pass
 * @param inventory what it is built from
 * @param measured values by column; a column that the row leaves blank is missing
 */
public record SynthesisRow(
    String origin,
    String unit,
    String formats,
    int length,
    Inventory inventory,
    Map<String, Double> measured) {

  public SynthesisRow {
    measured = Map.copyOf(measured);
  }

  /** Units that are one design under several names: who leaves a kind out must leave out all of them. */
  public String family() {
    return switch (unit) {
      case "imac", "imul", "integer_mac" -> "integer";
      case "fmac", "fmul", "fmacpre", "kulisch" -> "minifloat";
      case "tdot", "fused", "block_scaled" -> "fused";
      case "bit_serial", "unpu", "lut_tensor_core" -> "tables";
      default -> unit;
    };
  }
}
