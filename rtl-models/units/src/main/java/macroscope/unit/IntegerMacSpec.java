package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of an integer multiply-accumulate array: exact products, an adder tree over {@code
 * length} of them and a two's complement accumulator.
 *
 * @param name descriptive name
 * @param a operand format
 * @param b operand format
 * @param length products a pass adds
 * @param accumulatorBits width of the accumulator, 8..63
 * @param saturating whether a pass that overflows clamps; otherwise it wraps
 */
public record IntegerMacSpec(
    String name,
    IntegerFormat a,
    IntegerFormat b,
    int length,
    int accumulatorBits,
    boolean saturating)
    implements UnitSpec {

  public IntegerMacSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
  }
}
