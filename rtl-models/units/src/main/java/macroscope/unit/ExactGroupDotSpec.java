package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of a dot product that adds each group of products and the addend exactly and rounds once
 * to nearest even; groups follow each other through the accumulator.
 *
 * @param name preset or descriptive name
 * @param a operand format
 * @param b operand format
 * @param output format of addend and result
 * @param length products a pass adds
 * @param groupLength products between two roundings
 */
public record ExactGroupDotSpec(
    String name, FloatFormat a, FloatFormat b, FloatFormat output, int length, int groupLength)
    implements UnitSpec {

  public ExactGroupDotSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("group length", groupLength, 1, length);
    if (length % groupLength != 0) {
      throw new IllegalArgumentException(
          "group length must divide length " + length + ": " + groupLength);
    }
  }

  /** The exact sum of one group. */
  KulischSpec group() {
    return new KulischSpec(name, a, b, groupLength, groupLength, output);
  }
}
