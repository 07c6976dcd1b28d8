package macroscope.machine;

import macroscope.hardware.Inventory;
import macroscope.hardware.Widths;

/**
 * An array of equal units with a dataflow, a clock, and one SRAM for each operand. It says how many
 * units there are and how they are fed, never which.
 *
 * @param name as files and reports name it
 * @param rows R, units in a column
 * @param columns C, units in a row
 * @param dataflow what stays in the units
 * @param drain when output-stationary results leave; without meaning for other dataflows
 * @param clockMegahertz clock, above 0
 * @param sram capacities
 */
public record Machine(
    String name,
    int rows,
    int columns,
    Dataflow dataflow,
    Drain drain,
    double clockMegahertz,
    Sram sram) {

  /**
   * Capacities of the on-chip memories in bytes, each double-buffered by itself.
   *
   * @param a activations
   * @param b weights
   * @param output results and partial sums
   */
  public record Sram(long a, long b, long output) {
    public Sram {
      positive("activation SRAM bytes", a);
      positive("weight SRAM bytes", b);
      positive("output SRAM bytes", output);
    }

    private static void positive(String name, long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException(name + " must be at least 1: " + bytes);
      }
    }
  }

  public Machine {
    Widths.inRange("rows", rows, 1, 1 << 14);
    Widths.inRange("columns", columns, 1, 1 << 14);
    if (!(clockMegahertz > 0 && clockMegahertz < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "clock megahertz must be finite and above 0: " + clockMegahertz);
    }
  }

  /** Units of the array. */
  public int units() {
    return rows * columns;
  }

  /** Units that multiply the same row of the left operand at a time: along which it is handed on. */
  public int unitsOfLeftRow() {
    return dataflow.inputsStay() ? 1 : columns;
  }

  /** Units that multiply the same row of the right operand at a time. */
  public int unitsOfRightRow() {
    return switch (dataflow) {
      case OUTPUT_STATIONARY -> rows;
      case WEIGHT_STATIONARY -> 1;
      case INPUT_STATIONARY, TABLE_STATIONARY -> columns;
    };
  }

  /** A unit's parts in this array: what can be shared is shared by the units that get the same data. */
  public Inventory placed(Inventory parts) {
    return parts.inArray(unitsOfLeftRow(), unitsOfRightRow());
  }

  /** The machine at its clock, or at the fastest one that its units allow. */
  public Machine atMost(double megahertz) {
    return megahertz >= clockMegahertz
        ? this
        : new Machine(name, rows, columns, dataflow, drain, megahertz, sram);
  }

  /**
   * The machine with {@code factor} times as many columns, to the nearest whole column, at least one:
   * how a comparison at equal throughput or area changes the number of units.
   */
  public Machine scaled(double factor) {
    int scaled = (int) Math.max(1, Math.rint(columns * factor));
    return new Machine(name, rows, scaled, dataflow, drain, clockMegahertz, sram);
  }
}
