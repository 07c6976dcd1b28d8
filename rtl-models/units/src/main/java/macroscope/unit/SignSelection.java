package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;

/**
 * A weight of -1, 0 or 1 that lets its activation pass, negates it or blocks it: no multiplier (BitNet
 * b1.58, arXiv 2402.17764; MatMul-free LM, arXiv 2406.02528; TriLM, arXiv 2407.12327).
 *
 * @param a activations: integers, floats, posits or tables
 * @param b weights; every value must be -1, 0 or 1 but for the most negative integer, which no weight
 *     may be
 */
public record SignSelection(NumberFormat a, NumberFormat b) implements Multiplication {

  public SignSelection {
    Dyadic.of(a);
    for (long code = 0; code < 1L << Math.min(b.bits(), 3); code++) {
      boolean unused = b.bits() == 2 && code == 2;
      if (b.bits() > 2 || (b.isCode(code) && !unused && !isTernary(b.decode(code)))) {
        throw new IllegalArgumentException("weights must be -1, 0 or 1: " + b.name());
      }
    }
  }

  private static boolean isTernary(Value value) {
    return value.isZero() || value.significand().bitLength() == 1 && value.exponent() == 0;
  }

  private Dyadic activations() {
    return Dyadic.of(a);
  }

  @Override
  public int unit() {
    return activations().unit();
  }

  @Override
  public int significandBits() {
    return activations().significandBits();
  }

  @Override
  public int maxShift() {
    return activations().maxShift();
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public boolean normalised() {
    return a instanceof FloatFormat;
  }

  @Override
  public long operandA(long code) {
    return activations().operand(code);
  }

  @Override
  public long operandB(long code) {
    Value weight = b.decode(code);
    if (!isTernary(weight)) {
      throw new IllegalArgumentException(
          "a weight must be -1, 0 or 1: code " + code + " of " + b.name());
    }
    return weight.isZero() ? 0 : weight.negative() ? -1 : 1;
  }

  @Override
  public long significand(long x, long y) {
    long significand = Dyadic.significand(x);
    return y == 0 ? 0 : y < 0 ? -significand : significand;
  }

  @Override
  public int shift(long x, long y) {
    return Dyadic.shift(x);
  }

  /** Zero blocks the activation; its negation is that of every product and not counted here. */
  @Override
  public void addParts(InventoryBuilder parts, int length) {
    parts.add(Role.MULTIPLIER, "zero gate", new Multiplexer(2, a.bits()), length);
  }

  @Override
  public String family() {
    return "ternary";
  }

  @Override
  public String description() {
    return "A weight of -1, 0 or 1 negates its activation, blocks it or lets it pass.";
  }
}
