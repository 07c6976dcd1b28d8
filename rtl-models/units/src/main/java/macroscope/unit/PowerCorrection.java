package macroscope.unit;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import macroscope.format.NumberFormat;
import macroscope.format.PowerFormat;
import macroscope.hardware.Component.ConstantTable;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * The product of power-quantized numbers (NUPES, Yvinec et al., arXiv 2308.05600; PowerQuant, arXiv
 * 2301.09858): since x^p y^p = (x y)^p, codes are multiplied as integers, but what is added up must be
 * the product itself, so each is corrected before it is accumulated: {@code sign(P) (|P| / (Ma
 * Mb))^(1 / exponent)} from a table by |P|, rounded to nearest at {@code tableBits} fraction bits (ties
 * away from zero). Ma, Mb are the largest codes.
 */
public final class PowerCorrection implements Multiplication {

  private static final int MOST_PRODUCT_BITS = 16;

  private final PowerFormat a;
  private final PowerFormat b;
  private final int tableBits;
  private final int[] table;

  /**
   * @param tableBits fraction bits of a corrected product, 1..24
   * @throws IllegalArgumentException if the exponents differ, or codes have more than 16 bits together
   */
  public PowerCorrection(PowerFormat a, PowerFormat b, int tableBits) {
    this.a = a;
    this.b = b;
    this.tableBits = Widths.inRange("table bits", tableBits, 1, 24);
    Widths.inRange("bits of both codes", a.bits() + b.bits(), 4, MOST_PRODUCT_BITS);
    if (a.numerator() != b.numerator() || a.denominator() != b.denominator()) {
      throw new IllegalArgumentException(
          "both operands must have one exponent: " + a.name() + ", " + b.name());
    }
    this.table = table();
  }

  /** By walking up both: an entry is r where (2r - 1)/2 is the last half below the power. */
  private int[] table() {
    int most = a.most() * b.most();
    int[] entries = new int[most + 1];
    BigInteger below = BigInteger.valueOf(most).pow(a.denominator());
    int scale = (tableBits + 1) * a.numerator();
    int entry = 0;
    for (int product = 1; product <= most; product++) {
      BigInteger power = BigInteger.valueOf(product).pow(a.denominator()).shiftLeft(scale);
      while (half(entry).multiply(below).compareTo(power) <= 0) {
        entry++;
      }
      entries[product] = entry;
    }
    return entries;
  }

  /** (2 entry + 1)^numerator. */
  private BigInteger half(int entry) {
    return BigInteger.valueOf(2L * entry + 1).pow(a.numerator());
  }

  @Override
  public NumberFormat a() {
    return a;
  }

  @Override
  public NumberFormat b() {
    return b;
  }

  /** Fraction bits of a corrected product. */
  public int tableBits() {
    return tableBits;
  }

  @Override
  public int unit() {
    return -tableBits;
  }

  /** The largest product is 1. */
  @Override
  public int significandBits() {
    return tableBits + 1;
  }

  @Override
  public int maxShift() {
    return 0;
  }

  @Override
  public long operandA(long code) {
    return a.integer(code);
  }

  @Override
  public long operandB(long code) {
    return b.integer(code);
  }

  @Override
  public long significand(long x, long y) {
    long product = x * y;
    int entry = table[(int) Math.abs(product)];
    return product < 0 ? -entry : entry;
  }

  @Override
  public int shift(long x, long y) {
    return 0;
  }

  /** A multiplier of magnitudes and a table of constants. */
  @Override
  public void addParts(InventoryBuilder parts, int length) {
    Multiplier multiplier = new Multiplier(a.bits() - 1, b.bits() - 1);
    parts.add(Role.MULTIPLIER, "multiplier of codes", multiplier, length);
    long[] words = Arrays.stream(table).asLongStream().toArray();
    ConstantTable constants = ConstantTable.of(a.bits() + b.bits() - 2, tableBits + 1, words);
    parts.add(Role.TABLE, "correction", constants, length);
  }

  @Override
  public String family() {
    return "nupes";
  }

  @Override
  public String description() {
    return "Codes are multiplied as integers; a table raises each product to the power "
        + a.denominator()
        + "/"
        + a.numerator()
        + ",\nto "
        + tableBits
        + " fraction bits, before it is added.";
  }

  /** Equal to one of the same formats and width. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PowerCorrection m
        && m.a.equals(a)
        && m.b.equals(b)
        && m.tableBits == tableBits;
  }

  @Override
  public int hashCode() {
    return Objects.hash(a, b, tableBits);
  }

  @Override
  public String toString() {
    return "PowerCorrection[a=" + a.name() + ", b=" + b.name() + ", tableBits=" + tableBits + "]";
  }
}
