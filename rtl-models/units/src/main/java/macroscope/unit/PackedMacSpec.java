package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of an integer multiply-accumulate array on DSP slices that several dot products share.
 * The numbers are those of an {@link IntegerMacSpec} with the same widths.
 *
 * @param name descriptive name
 * @param packing how products share a slice
 * @param a operand format, in the narrow port
 * @param b operand format, in the wide port
 * @param length products a pass adds
 * @param accumulatorBits width of the accumulator, which wraps, 8..63
 */
public record PackedMacSpec(
    String name,
    DspPacking packing,
    IntegerFormat a,
    IntegerFormat b,
    int length,
    int accumulatorBits)
    implements UnitSpec {

  public PackedMacSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
    packing.mostProducts(a, b);
  }

  /** Products that are added in the lanes of a cascade before they are read. */
  public int cascade() {
    int most = packing.mostProducts(a, b);
    return Math.min(length, most - most % packing.elements());
  }

  /** Bits of the sum that a lane holds when it is read. */
  public int laneBits() {
    return Math.min(packing.laneBits(), SumRange.ofFormats(a, b, cascade()).bits());
  }
}
