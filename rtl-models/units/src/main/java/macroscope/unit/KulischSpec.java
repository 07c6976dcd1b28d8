package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of an FPGA minifloat unit: exact products, added in a fixed-point (Kulisch) accumulator
 * that never rounds, converted once to the output format when the sum leaves the unit.
 *
 * @param name descriptive name
 * @param a operand format
 * @param b operand format
 * @param length products a pass adds
 * @param terms the most products a sum may have; sizes the accumulator: product range plus
 *     ceil(log2(terms)) bits
 * @param output format of the addend and of the result, rounded to nearest even
 */
public record KulischSpec(
    String name, FloatFormat a, FloatFormat b, int length, int terms, FloatFormat output)
    implements UnitSpec {

  public KulischSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("terms", terms, length, 1 << 24);
  }
}
