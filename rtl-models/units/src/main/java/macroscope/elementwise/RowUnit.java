package macroscope.elementwise;

import java.util.Objects;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * A unit that does an operation on rows of integers, an element a cycle and pass over the row.
 *
 * @param name as users write it
 * @param operation what it does
 * @param inputBits of an element, 2..32; signed
 * @param length elements of a row, 1..2^14; 1 where elements stand alone
 */
public record RowUnit(String name, RowOperation operation, int inputBits, int length) {

  public RowUnit {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(operation, "operation");
    Widths.inRange("input bits", inputBits, 2, 32);
    Widths.inRange("row", length, 1, 1 << 14);
    if (operation instanceof IntegerLayerNorm) {
      Widths.inRange("input bits of a layer normalisation", inputBits, 2, 25);
    }
  }

  /** A row after another: each waits until the one before has left. */
  public Pipeline pipeline() {
    return new RowHardware(this).pipeline();
  }

  /** Bill of materials; a pass of the inventory is a row. */
  public Inventory inventory() {
    return new RowHardware(this).inventory();
  }
}
