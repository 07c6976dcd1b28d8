package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PositFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * An exact product of dyadic numbers: significands multiplied, exponents added. Operands are integers,
 * floats, posits or tables; a posit is decoded first, by counting its regime and shifting it out.
 *
 * @param a operand format
 * @param b operand format
 */
public record ExactMultiplication(NumberFormat a, NumberFormat b) implements Multiplication {

  public ExactMultiplication {
    int bits = Dyadic.of(a).significandBits() + Dyadic.of(b).significandBits();
    Widths.inRange("significand bits of a product", bits, 1, 62);
  }

  @Override
  public int unit() {
    return Dyadic.of(a).unit() + Dyadic.of(b).unit();
  }

  @Override
  public int significandBits() {
    return Dyadic.of(a).significandBits() + Dyadic.of(b).significandBits();
  }

  @Override
  public boolean signMagnitude() {
    return signed() && !(a instanceof IntegerFormat && b instanceof IntegerFormat);
  }

  /** The product of the two most negative integers is the only one that needs all bits. */
  @Override
  public int width() {
    return a instanceof IntegerFormat && b instanceof IntegerFormat
        ? a.bits() + b.bits()
        : Multiplication.super.width();
  }

  @Override
  public int maxShift() {
    return Dyadic.of(a).maxShift() + Dyadic.of(b).maxShift();
  }

  @Override
  public long operandA(long code) {
    return Dyadic.of(a).operand(code);
  }

  @Override
  public long operandB(long code) {
    return Dyadic.of(b).operand(code);
  }

  @Override
  public long significand(long x, long y) {
    return Dyadic.significand(x) * Dyadic.significand(y);
  }

  @Override
  public int shift(long x, long y) {
    return Dyadic.shift(x) + Dyadic.shift(y);
  }

  @Override
  public void addParts(InventoryBuilder parts, int length) {
    addDecoder(parts, a, length);
    addDecoder(parts, b, length);
    int m = Dyadic.of(a).significandBits();
    int n = Dyadic.of(b).significandBits();
    parts.add(Role.MULTIPLIER, "significand multiplier", new Multiplier(m, n), length);
    if (maxShift() > 0) {
      Adder exponents = new Adder(Widths.ceilLog2(maxShift() + 1));
      parts.add(Role.MULTIPLIER, "exponent adder", exponents, length);
    }
  }

  /** Magnitude, length of the regime, and a shift that brings exponent and fraction to their places. */
  private static void addDecoder(InventoryBuilder parts, NumberFormat format, int length) {
    if (format instanceof PositFormat posit) {
      int bits = posit.bits() - 1;
      parts.add(Role.MULTIPLIER, "posit decoder: magnitude", new Negator(bits), length);
      parts.add(Role.MULTIPLIER, "posit decoder: regime", new LeadingZeroCounter(bits), length);
      Shifter shifter = new Shifter(bits, bits - 1);
      parts.add(Role.MULTIPLIER, "posit decoder: shifter", shifter, length);
    }
  }

  @Override
  public String family() {
    return a instanceof PositFormat || b instanceof PositFormat ? "posit" : "dynamic_fixed_point";
  }

  @Override
  public String description() {
    return "Products are exact.";
  }
}
