package macroscope.unit;

import java.util.Arrays;
import java.util.Objects;
import macroscope.format.LogarithmicFormat;
import macroscope.format.Logarithms;
import macroscope.format.NumberFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.ConstantTable;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * Logarithmic numbers multiplied by adding logarithms and brought to linear numbers by a table of
 * {@code 2^(i / 2^f)}, whose entries are rounded to nearest at {@code tableBits} fraction bits; the
 * integer part of the logarithm shifts. The only error is that of the table.
 */
public final class AntilogarithmTable implements Multiplication {

  private static final int TAG_BITS = 2;
  private static final long NEGATIVE = 2;
  private static final long NOT_ZERO = 1;

  private final LogarithmicFormat a;
  private final LogarithmicFormat b;
  private final int tableBits;
  private final long[] table;

  /**
   * @param tableBits fraction bits of a table entry, 1..30
   * @throws IllegalArgumentException if the logarithms have different fractions
   */
  public AntilogarithmTable(LogarithmicFormat a, LogarithmicFormat b, int tableBits) {
    this.a = a;
    this.b = b;
    this.tableBits = Widths.inRange("table bits", tableBits, 1, 30);
    if (a.fractionBits() != b.fractionBits()) {
      throw new IllegalArgumentException(
          "logarithms must have equal fractions: " + a.name() + ", " + b.name());
    }
    this.table = Logarithms.powersOfTwo(a.fractionBits(), tableBits);
  }

  @Override
  public NumberFormat a() {
    return a;
  }

  @Override
  public NumberFormat b() {
    return b;
  }

  /** Fraction bits of a table entry. */
  public int tableBits() {
    return tableBits;
  }

  private int leastExponent() {
    return Math.floorDiv(-a.mostLogarithm() - b.mostLogarithm(), 1 << a.fractionBits());
  }

  @Override
  public int unit() {
    return leastExponent() - tableBits;
  }

  /** An entry below 2 may round up to 2. */
  @Override
  public int significandBits() {
    return Long.SIZE - Long.numberOfLeadingZeros(table[table.length - 1]);
  }

  @Override
  public int maxShift() {
    int most = (a.mostLogarithm() + b.mostLogarithm()) >> a.fractionBits();
    return most - leastExponent();
  }

  @Override
  public boolean normalised() {
    return true;
  }

  @Override
  public long operandA(long code) {
    return operand(a, code);
  }

  @Override
  public long operandB(long code) {
    return operand(b, code);
  }

  private static long operand(LogarithmicFormat format, long code) {
    if (format.isZero(code)) {
      return 0;
    }
    long logarithm = format.logarithm(code);
    return logarithm << TAG_BITS | (format.isNegative(code) ? NEGATIVE : 0) | NOT_ZERO;
  }

  private static long sum(long x, long y) {
    return (x >> TAG_BITS) + (y >> TAG_BITS);
  }

  @Override
  public long significand(long x, long y) {
    if ((x & y & NOT_ZERO) == 0) {
      return 0;
    }
    long entry = table[(int) (sum(x, y) & (table.length - 1))];
    return ((x ^ y) & NEGATIVE) == 0 ? entry : -entry;
  }

  @Override
  public int shift(long x, long y) {
    return (x & y & NOT_ZERO) == 0 ? 0 : (int) (sum(x, y) >> a.fractionBits()) - leastExponent();
  }

  @Override
  public void addParts(InventoryBuilder parts, int length) {
    Adder adder = new Adder(Math.max(a.bits(), b.bits()));
    parts.add(Role.MULTIPLIER, "adder of logarithms", adder, length);
    if (table.length > 1) {
      ConstantTable constants = ConstantTable.of(a.fractionBits(), significandBits(), table);
      parts.add(Role.TABLE, "antilogarithms", constants, length);
    }
  }

  @Override
  public String family() {
    return "lns_linear";
  }

  @Override
  public String description() {
    return "Logarithms are added and brought to linear numbers by a table of "
        + table.length
        + " entries of "
        + tableBits
        + " fraction bits.";
  }

  /** Equal to one of the same formats and table. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AntilogarithmTable m
        && m.a.equals(a)
        && m.b.equals(b)
        && m.tableBits == tableBits
        && Arrays.equals(m.table, table);
  }

  @Override
  public int hashCode() {
    return Objects.hash(a, b, tableBits);
  }

  @Override
  public String toString() {
    return "AntilogarithmTable[a=" + a + ", b=" + b + ", tableBits=" + tableBits + "]";
  }
}
