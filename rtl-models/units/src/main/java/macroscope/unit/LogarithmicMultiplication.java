package macroscope.unit;

import java.util.Optional;
import java.util.OptionalInt;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * A float multiplication by additions alone: with x = (1 + xm) 2^xe, fractions are added in place of
 * being multiplied, S = xm + ym + 2^-offset. Without an offset this is Mitchell's product (IRE Trans.
 * Electronic Computers 11, 1962); with one L-Mul (Luo and Sun, arXiv 2410.00907), whose offset is l(m)
 * = m for m <= 3, 3 for m = 4, 4 for m > 4, m the fraction bits.
 *
 * <p>L-Mul is published in two readings, which differ where S >= 1 ({@link Carry}). The paper leaves
 * open what zeros, subnormals and overflow give: here a zero gives zero, subnormals are flushed or
 * normalised first, and the exponent of a product has as many bits as it needs. Where the operands
 * have different fractions the shorter one is filled up with zeros.
 *
 * @param a operand format
 * @param b operand format
 * @param carry what S >= 1 does
 * @param offset l of the constant 2^-l, 1..m; empty for none
 * @param rounding how a product whose S >= 1 is brought back to m fraction bits; empty to keep the bit
 *     below them. With {@link Carry#INTO_EXPONENT} a product never has more
 * @param subnormals what a subnormal operand counts as
 */
public record LogarithmicMultiplication(
    FloatFormat a,
    FloatFormat b,
    Carry carry,
    OptionalInt offset,
    Optional<RoundingMode> rounding,
    Subnormals subnormals)
    implements Multiplication {

  /** The two readings of S >= 1. */
  public enum Carry {
    /** One integer addition of both codes: the product is 2^(e + floor(S)) (1 + S - floor(S)). */
    INTO_EXPONENT,
    /** The printed formula: 2^e (1 + S), normalised if need be. */
    IN_SIGNIFICAND
  }

  /** What happens to numbers without a leading one. */
  public enum Subnormals {
    FLUSHED,
    NORMALISED
  }

  private static final int TAG_BITS = 2;
  private static final long NEGATIVE = 2;
  private static final long NOT_ZERO = 1;

  public LogarithmicMultiplication {
    requireOperand("a", a);
    requireOperand("b", b);
    int m = Math.max(a.fractionBits(), b.fractionBits());
    if (offset.isPresent()) {
      Widths.inRange("offset (fraction bits " + m + ")", offset.getAsInt(), 1, m);
    }
    boolean known =
        rounding
            .map(r -> r == RoundingMode.TOWARD_ZERO || r == RoundingMode.TIES_TO_EVEN)
            .orElse(true);
    if (!known || (rounding.isPresent() && carry == Carry.INTO_EXPONENT)) {
      throw new IllegalArgumentException(
          "rounding must be toward_zero or ties_to_even, of products with the carry in the"
              + " significand: "
              + rounding.orElseThrow());
    }
  }

  private static void requireOperand(String which, FloatFormat format) {
    if (format.exponentBits() < 1 || format.fractionBits() > 30) {
      throw new IllegalArgumentException(
          "operand " + which + " must have an exponent and at most 30 fraction bits: " + format);
    }
  }

  /** l(m) of L-Mul, equation 2 of arXiv 2410.00907; empty without fraction bits, where nothing is lost. */
  public static OptionalInt lmulOffset(int fractionBits) {
    if (fractionBits == 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(fractionBits <= 3 ? fractionBits : fractionBits == 4 ? 3 : 4);
  }

  /** Fraction bits m of both operands once aligned. */
  public int fractionBits() {
    return Math.max(a.fractionBits(), b.fractionBits());
  }

  private long offsetUnits() {
    return offset.isPresent() ? 1L << (fractionBits() - offset.getAsInt()) : 0;
  }

  private int leastExponent(FloatFormat format) {
    boolean lower = subnormals == Subnormals.NORMALISED && format.subnormals();
    return format.minExponent() - (lower ? format.fractionBits() : 0);
  }

  private int leastExponent() {
    return leastExponent(a) + leastExponent(b);
  }

  @Override
  public int unit() {
    return leastExponent() - fractionBits();
  }

  @Override
  public int significandBits() {
    boolean wide = carry == Carry.IN_SIGNIFICAND && rounding.isEmpty();
    return fractionBits() + (wide ? 2 : 1);
  }

  @Override
  public boolean normalised() {
    return carry == Carry.INTO_EXPONENT || rounding.isPresent();
  }

  @Override
  public int maxShift() {
    long fractions = 2 * ((1L << fractionBits()) - 1) + offsetUnits();
    int carried = carry == Carry.INTO_EXPONENT ? Math.toIntExact(fractions >> fractionBits()) : 0;
    int normalised = rounding.isPresent() ? 1 : 0;
    return a.maxExponent() + b.maxExponent() - leastExponent() + carried + normalised;
  }

  /** The logarithm as the code has it, {@code exponent * 2^m + fraction}, above sign and zero flag. */
  @Override
  public long operandA(long code) {
    return operand(new FloatFields(a), a, code);
  }

  @Override
  public long operandB(long code) {
    return operand(new FloatFields(b), b, code);
  }

  private long operand(FloatFields fields, FloatFormat format, long code) {
    boolean subnormal = fields.subnormalOrZero(code);
    if (fields.zero(code) || (subnormal && subnormals == Subnormals.FLUSHED)) {
      return 0;
    }
    long significand = Math.abs(fields.significand(code));
    int exponent = fields.exponent(code);
    int missing = Long.numberOfLeadingZeros(significand) - (Long.SIZE - 1 - format.fractionBits());
    long fraction = (significand << missing) - (1L << format.fractionBits());
    int m = fractionBits();
    long logarithm = ((long) (exponent - missing) << m) + (fraction << (m - format.fractionBits()));
    return logarithm << TAG_BITS | (fields.negative(code) ? NEGATIVE : 0) | NOT_ZERO;
  }

  @Override
  public long significand(long x, long y) {
    if ((x & y & NOT_ZERO) == 0) {
      return 0;
    }
    long magnitude = carry == Carry.INTO_EXPONENT ? carried(x, y) : normalised(sum(x, y));
    return ((x ^ y) & NEGATIVE) == 0 ? magnitude : -magnitude;
  }

  @Override
  public int shift(long x, long y) {
    int m = fractionBits();
    if ((x & y & NOT_ZERO) == 0) {
      return 0;
    }
    if (carry == Carry.INTO_EXPONENT) {
      return (int) (codeSum(x, y) >> m) - leastExponent();
    }
    int exponents = (int) (x >> (TAG_BITS + m)) + (int) (y >> (TAG_BITS + m)) - leastExponent();
    return exponents + (normalises(sum(x, y)) ? 1 : 0);
  }

  private long codeSum(long x, long y) {
    return (x >> TAG_BITS) + (y >> TAG_BITS) + offsetUnits();
  }

  private long carried(long x, long y) {
    long one = 1L << fractionBits();
    return one | codeSum(x, y) & (one - 1);
  }

  /** 1 + S in units of 2^-m, below 4. */
  private long sum(long x, long y) {
    long one = 1L << fractionBits();
    return one + (x >> TAG_BITS & (one - 1)) + (y >> TAG_BITS & (one - 1)) + offsetUnits();
  }

  /** 1 + S is below 3.1, so that one step normalises it and rounding never needs another. */
  private boolean normalises(long sum) {
    return rounding.isPresent() && sum >= 2L << fractionBits();
  }

  private long normalised(long sum) {
    if (!normalises(sum)) {
      return sum;
    }
    long half = sum >> 1;
    boolean tie = (sum & 1) != 0;
    boolean up = tie && rounding.orElseThrow() == RoundingMode.TIES_TO_EVEN && (half & 1) != 0;
    return up ? half + 1 : half;
  }

  /**
   * One adder over both fields, or one for the fractions and one for the exponents. The offset is a
   * constant: it runs through the bits above its own.
   */
  @Override
  public void addParts(InventoryBuilder parts, int length) {
    int m = fractionBits();
    int exponent = FloatWidths.exponentSum(a, b);
    addNormalisation(parts, a, length);
    addNormalisation(parts, b, length);
    if (carry == Carry.INTO_EXPONENT) {
      parts.add(Role.MULTIPLIER, "adder of codes", new Adder(exponent + m), length);
      if (offset.isPresent()) {
        Adder constant = new Adder(exponent + offset.getAsInt());
        parts.add(Role.MULTIPLIER, "offset", constant, length);
      }
      return;
    }
    if (m > 0) {
      parts.add(Role.MULTIPLIER, "adder of fractions", new Adder(m + 1), length);
    }
    if (offset.isPresent()) {
      parts.add(Role.MULTIPLIER, "offset", new Adder(offset.getAsInt() + 2), length);
    }
    parts.add(Role.MULTIPLIER, "adder of exponents", new Adder(exponent), length);
    if (rounding.isPresent()) {
      parts.add(Role.MULTIPLIER, "normalisation", new Multiplexer(2, m + 1), length);
      parts.add(Role.MULTIPLIER, "normalised exponent", new Adder(exponent), length);
      if (rounding.get() == RoundingMode.TIES_TO_EVEN) {
        parts.add(Role.MULTIPLIER, "rounding", new Adder(m + 1), length);
      }
    }
  }

  private void addNormalisation(InventoryBuilder parts, FloatFormat format, int length) {
    int bits = format.fractionBits();
    if (subnormals == Subnormals.NORMALISED && format.subnormals() && bits > 0) {
      String what = "subnormal operand";
      parts.add(Role.MULTIPLIER, what + ": leading zeros", new LeadingZeroCounter(bits), length);
      parts.add(Role.MULTIPLIER, what + ": shifter", new Shifter(bits, bits), length);
      Adder exponent = new Adder(format.exponentBits() + 1);
      parts.add(Role.MULTIPLIER, what + ": exponent", exponent, length);
    }
  }

  @Override
  public String family() {
    return "log_multiplier";
  }

  @Override
  public String description() {
    String sum = "xm + ym" + (offset.isPresent() ? " + 2^-" + offset.getAsInt() : "");
    return "Fractions are added in place of being multiplied, S = "
        + sum
        + ";\n"
        + (carry == Carry.INTO_EXPONENT
            ? "a carry of S goes into the exponent, as in one integer addition of the codes"
            : "the product is 2^e (1 + S)"
                + rounding.map(r -> ", normalised and rounded " + r).orElse(", nothing cut off"))
        + ".\nSubnormal operands are "
        + (subnormals == Subnormals.FLUSHED ? "zero." : "normalised first.");
  }
}
