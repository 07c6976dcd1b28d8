package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/**
 * A two's complement register that wraps, or saturates after each pass.
 *
 * <p>Width proof. A pass has at most 62 bits, as {@link MacSpec} requires, and the register too, so
 * that their sum fits a long; where it wraps, sums are right modulo 2^64.
 */
final class IntegerAccumulator implements MacAccumulator {

  private final MacProducts products;
  private final IntegerFormat format;
  private final boolean saturating;
  private final int length;

  IntegerAccumulator(
      MacProducts products,
      Multiplication multiplication,
      Accumulation.IntegerSum spec,
      int length) {
    MacOperand.requireNoSpecials(multiplication);
    this.products = products;
    this.format = format(spec.bits(), -multiplication.unit());
    this.saturating = spec.saturating();
    this.length = length;
  }

  /** Two's complement of so many bits, {@code int32} or {@code q24.8}. */
  static IntegerFormat format(int bits, int fractionBits) {
    String name =
        fractionBits == 0 ? "int" + bits : "q" + (bits - fractionBits) + "." + fractionBits;
    return new IntegerFormat(name, bits, true, false, fractionBits);
  }

  @Override
  public MacProducts products() {
    return products;
  }

  @Override
  public NumberFormat format() {
    return format;
  }

  @Override
  public int partialSumBits() {
    return format.bits();
  }

  @Override
  public void add(MacOperand a, int i, MacOperand b, int block, int from, int to, Accumulators c) {
    int at = i * c.columns() + b.shape().from(block);
    long[] sums = new long[b.shape().width(block)];
    for (int j = 0; j < sums.length; j++) {
      sums[j] = format.integer(c.codes()[at + j]);
    }
    add(products, a, i, b, block, from, to, 0, sums);
    for (int j = 0; j < sums.length; j++) {
      c.codes()[at + j] = sums[j] & ((1L << format.bits()) - 1);
    }
  }

  /** Adds products to sums that fit the register; so they do afterwards, if it saturates. */
  void add(
      MacProducts products,
      MacOperand a,
      int i,
      MacOperand b,
      int block,
      int from,
      int to,
      int drop,
      long[] sums) {
    int step = saturating ? length : Math.max(1, to - from);
    for (int k = from; k < to; k += step) {
      products.add(a, i, b, block, k, Math.min(k + step, to), drop, sums);
      for (int j = 0; saturating && j < sums.length; j++) {
        sums[j] = Math.max(format.least(), Math.min(format.most(), sums[j]));
      }
    }
  }
}
