package macroscope.unit;

import macroscope.format.CodebookFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Widths;

/**
 * Parameters of an integer dot product on binary arrays: a product of p by q bits is the sum of p q
 * counts of bit planes, each shifted by the places of its planes, so that any widths run on the
 * binary modes of tensor cores (ABQ-LLM, arXiv 2408.08554; planes of -1 and 1 and exclusive or as in
 * Ma et al., arXiv 2409.17870).
 *
 * @param name descriptive name
 * @param a operand format: integers, two's complement or unsigned, or bit planes of -1 and 1 ({@code
 *     planes<N>})
 * @param b operand format of the same kind; integers go with integers, planes with planes
 * @param length bits that a binary array counts at once
 * @param accumulatorBits width of the accumulator, which wraps, 8..63
 * @param arrays binary arrays that work side by side, at most one for each pair of planes
 */
public record BitPlaneMacSpec(
    String name, NumberFormat a, NumberFormat b, int length, int accumulatorBits, int arrays)
    implements UnitSpec {

  private static final int MOST_BITS = 16;

  public BitPlaneMacSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
    if (signs(a) != signs(b)) {
      throw new IllegalArgumentException(
          "planes of -1 and 1 go with planes of -1 and 1: " + a.name() + ", " + b.name());
    }
    Widths.inRange("binary arrays", arrays, 1, a.bits() * b.bits());
  }

  /** Whether bits mean -1 and 1, by the values of a format. */
  private static boolean signs(NumberFormat format) {
    Widths.inRange("bits of " + format.name(), format.bits(), 1, MOST_BITS);
    if (format instanceof IntegerFormat integers && integers.fractionBits() == 0) {
      return false;
    }
    if (format instanceof CodebookFormat && hasSignedPlanes(format)) {
      return true;
    }
    throw new IllegalArgumentException(
        "operands must be integers or bit planes of -1 and 1 (planes<N>): " + format.name());
  }

  private static boolean hasSignedPlanes(NumberFormat format) {
    int codes = 1 << format.bits();
    for (int code = 0; code < codes; code++) {
      Value odd = Value.of(2L * code - (codes - 1), 0);
      if (!format.isCode(code) || !format.decode(code).equals(odd)) {
        return false;
      }
    }
    return true;
  }

  /** Whether bits mean -1 and 1, which exclusive or multiplies, and not 0 and 1. */
  public boolean bipolar() {
    return a instanceof CodebookFormat;
  }

  /** Pairs of planes, each a binary product. */
  public int pairs() {
    return a.bits() * b.bits();
  }

  /** The binary instruction that a pair of planes takes. */
  BinaryMacSpec.Operation operation() {
    return bipolar() ? BinaryMacSpec.Operation.XOR : BinaryMacSpec.Operation.AND;
  }
}
