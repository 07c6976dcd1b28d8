package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/** Whether the codes of a matrix are those that a unit reads. */
final class OperandFormats {

  private OperandFormats() {}

  /**
   * Lets formats pass whose codes have the same values, whatever they are called and whichever of
   * their codes they encode to.
   *
   * @throws IllegalArgumentException naming both
   */
  static void require(NumberFormat expected, NumberFormat actual) {
    if (!same(expected, actual)) {
      throw new IllegalArgumentException(
          "operand format must be " + expected.name() + ": " + actual.name());
    }
  }

  private static boolean same(NumberFormat expected, NumberFormat actual) {
    if (expected instanceof IntegerFormat x && actual instanceof IntegerFormat y) {
      return x.bits() == y.bits()
          && x.signed() == y.signed()
          && x.fractionBits() == y.fractionBits();
    }
    if (expected instanceof FloatFormat x && actual instanceof FloatFormat y) {
      return renamed(y, x.name()).equals(x);
    }
    return expected.equals(actual);
  }

  private static FloatFormat renamed(FloatFormat f, String name) {
    return new FloatFormat(
        name,
        f.signed(),
        f.exponentBits(),
        f.fractionBits(),
        f.bias(),
        f.specials(),
        f.zeroExponent());
  }
}
