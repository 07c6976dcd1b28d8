package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;

/**
 * The parts of floating-point operations that several units contain. Logic for NaN, infinity and
 * overflow is a few gates on the exponent and is not counted.
 */
final class FloatParts {

  /** Guard, round and sticky: the bits below the last place that rounding to nearest needs. */
  static final int ROUNDING_BITS = 3;

  private FloatParts() {}

  /**
   * Two's complement fixed point to floating point: magnitude, leading-zero count, left shift,
   * exponent, and the rounding increment if there is one.
   *
   * @param bits width of the fixed-point number
   * @param roundedBits significand bits an increment runs through; 0 if the result is truncated
   */
  static void normaliser(
      InventoryBuilder parts,
      Role role,
      String what,
      int bits,
      FloatFormat output,
      int roundedBits,
      int instances) {
    parts.add(role, what + ": magnitude", new Negator(bits), instances);
    parts.add(role, what + ": leading zeros", new LeadingZeroCounter(bits), instances);
    if (bits > 1) {
      parts.add(role, what + ": normalising shifter", new Shifter(bits, bits - 1), instances);
    }
    parts.add(role, what + ": exponent", new Adder(output.exponentBits() + 1), instances);
    if (roundedBits > 0) {
      parts.add(role, what + ": rounding", new Adder(roundedBits), instances);
    }
  }

  /**
   * A correctly rounded adder: swap by magnitude, align the smaller, add, normalise, round (two-path
   * tricks save time, not parts).
   */
  static void adder(
      InventoryBuilder parts, Role role, String what, FloatFormat format, int instances) {
    int p = FloatWidths.significand(format);
    int sum = p + ROUNDING_BITS + 1;
    parts.add(role, what + ": swap", new Maximum(format.bits() - 1), instances);
    parts.add(role, what + ": exponent difference", new Adder(format.exponentBits()), instances);
    parts.add(role, what + ": aligner", new Shifter(p, p + 1, p + ROUNDING_BITS), instances);
    parts.add(role, what + ": subtraction", new Negator(p + ROUNDING_BITS), instances);
    parts.add(role, what + ": sum", new Adder(sum), instances);
    normaliser(parts, role, what, sum, format, p, instances);
  }

  /**
   * A correctly rounded multiplier: significands, exponents, and what turns their product into a float
   * again. Subnormal operands put its leading one anywhere and subnormal results shift it back.
   */
  static void multiplier(
      InventoryBuilder parts, Role role, String what, FloatFormat format, int instances) {
    int p = FloatWidths.significand(format);
    parts.add(role, what + ": significands", new Multiplier(p, p), instances);
    parts.add(role, what + ": exponents", new Adder(format.exponentBits() + 1), instances);
    int fraction = format.fractionBits();
    int least = 2 * (format.minExponent() - fraction);
    PlacedNumber product = new PlacedNumber(2 * p, least, 2 * (format.maxExponent() - fraction));
    new Normaliser(product, format, p, true).addUnsignedTo(parts, role, what, instances);
  }

  /**
   * A wider format from a narrower one: another bias takes an adder of the exponent, and subnormals
   * that become normal are shifted by up to all of their fraction bits. A format with the same bias
   * needs neither.
   */
  static void converter(
      InventoryBuilder parts,
      Role role,
      String what,
      FloatFormat from,
      FloatFormat to,
      int instances) {
    if (from.bias() == to.bias()) {
      return;
    }
    parts.add(role, what + ": exponent", new Adder(to.exponentBits()), instances);
    int fraction = from.fractionBits();
    if (from.subnormals() && fraction > 0) {
      LeadingZeroCounter zeros = new LeadingZeroCounter(fraction);
      parts.add(role, what + ": leading zeros", zeros, instances);
      Shifter shifter = new Shifter(fraction, fraction);
      parts.add(role, what + ": normalising shifter", shifter, instances);
    }
  }

  /**
   * A fused multiply-add with one rounding: the addend is aligned across a window of 3p+2 bits, so
   * that nothing is lost on either side of the product (Montoye, Hokenek, Runyon, IBM JRD 1990).
   *
   * @param product role of the multiplication
   * @param sum role of alignment and addition
   * @param result role of normalisation and rounding
   */
  static void fusedMultiplyAdd(
      InventoryBuilder parts,
      Role product,
      Role sum,
      Role result,
      String what,
      FloatFormat format,
      int instances) {
    fusedMultiplyAdd(parts, product, sum, result, what, format, format, format, instances);
  }

  /**
   * The same of operands whose significands are shorter.
   *
   * @param a format of one operand
   * @param b format of the other
   */
  static void fusedMultiplyAdd(
      InventoryBuilder parts,
      Role product,
      Role sum,
      Role result,
      String what,
      FloatFormat a,
      FloatFormat b,
      FloatFormat format,
      int instances) {
    int p = FloatWidths.significand(format);
    int window = 3 * p + 2;
    Multiplier multiplier = new Multiplier(FloatWidths.significand(a), FloatWidths.significand(b));
    parts.add(product, what + ": significands", multiplier, instances);
    parts.add(product, what + ": exponents", new Adder(format.exponentBits() + 1), instances);
    Adder difference = new Adder(format.exponentBits() + 2);
    parts.add(sum, what + ": exponent difference", difference, instances);
    parts.add(sum, what + ": aligner", new Shifter(p, window - 1, window), instances);
    parts.add(sum, what + ": subtraction", new Negator(window), instances);
    parts.add(sum, what + ": sum", new Adder(window + 1), instances);
    normaliser(parts, result, what, window + 1, format, p, instances);
  }
}
