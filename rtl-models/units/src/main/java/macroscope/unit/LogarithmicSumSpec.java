package macroscope.unit;

import macroscope.format.LogarithmicFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of a unit that multiplies and adds in the logarithmic number system (Swartzlander and
 * Alexopoulos, IEEE Trans. Computers C-24, 1975): a product is a sum of logarithms; a sum of two numbers
 * is the larger logarithm plus the Gaussian logarithm {@code log2(1 +- 2^-d)} of their difference d,
 * read from a table.
 *
 * @param name descriptive name
 * @param a operand format
 * @param b operand format
 * @param accumulator format of sums; its logarithms have at least as many fraction bits as operands
 * @param indexBits fraction bits of d that the tables are read by; entries are rounded to nearest at
 *     the middle of each interval. As many as the accumulator has make the tables exact but for that
 *     rounding
 * @param length products a pass chains
 */
public record LogarithmicSumSpec(
    String name,
    LogarithmicFormat a,
    LogarithmicFormat b,
    LogarithmicFormat accumulator,
    int indexBits,
    int length)
    implements UnitSpec {

  public LogarithmicSumSpec {
    int fraction = Math.max(a.fractionBits(), b.fractionBits());
    Widths.inRange("fraction bits of the accumulator", accumulator.fractionBits(), fraction, 12);
    Widths.inRange("index bits", indexBits, 0, accumulator.fractionBits());
    Widths.inRange("length", length, 1, 1024);
  }

  /** Low bits of a difference that no table looks at. */
  public int cutBits() {
    return accumulator.fractionBits() - indexBits;
  }
}
