package macroscope.unit;

import java.util.Objects;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of a lookup-table unit for ternary weights: one lookup for the two to four weights of an
 * index, whose sums of activations stand in tables. Sums are exact (bitnet.cpp keeps them in 16 bits).
 *
 * @param name descriptive name
 * @param a format of the activations: signed integers of at most 16 bits
 * @param packing of weights
 * @param length products of a pass, a multiple of the weights of an index
 * @param accumulatorBits of the accumulator, which wraps
 * @param unitsPerTable units of an array that read one table; 0 for all with the same activations
 */
public record TernaryTableSpec(
    String name,
    IntegerFormat a,
    TernaryPacking packing,
    int length,
    int accumulatorBits,
    int unitsPerTable)
    implements UnitSpec {

  public TernaryTableSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(packing, "packing");
    if (!a.signed() || a.bits() > 16 || a.fractionBits() != 0) {
      throw new IllegalArgumentException(
          "activations must be signed integers of at most 16 bits: " + a.name());
    }
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
    Widths.inRange("units per table", unitsPerTable, 0, 1 << 14);
    if (length % packing.inputs() != 0) {
      throw new IllegalArgumentException(
          "length must be a multiple of the "
              + packing.inputs()
              + " weights of an index: "
              + length);
    }
  }

  /** Lookups of a pass. */
  public int lookups() {
    return length / packing.inputs();
  }

  /** Bits of an entry; a whole table also has the sum of all minus signs, one larger than the others. */
  public int entryBits() {
    boolean larger = !packing.half() && a.least() < -a.most();
    return a.bits() + Widths.ceilLog2(packing.inputs()) + (larger ? 1 : 0);
  }
}
