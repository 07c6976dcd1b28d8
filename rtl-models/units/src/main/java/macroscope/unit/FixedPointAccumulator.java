package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PositFormat;

/**
 * A fixed-point register that wraps; sum and addend are rounded once on their way out.
 *
 * <p>Width proof. Sums of a register of at most 62 bits are right modulo 2^64, so that its low bits are
 * right whatever overflowed.
 */
final class FixedPointAccumulator implements MacAccumulator {

  private static final int LONG_BITS = 62;

  private final MacProducts products;
  private final int bits;
  private final NumberFormat output;
  private final SumConversion conversion;

  FixedPointAccumulator(MacProducts products, int unit, Accumulation.FixedPoint spec) {
    this.products = products;
    this.bits = spec.bits();
    this.output = spec.output();
    this.conversion =
        output instanceof FloatFormat floats
            ? floatConversion(floats, unit)
            : new PositConversion((PositFormat) output, unit);
  }

  private SumConversion floatConversion(FloatFormat format, int unit) {
    KulischConversion conversion = new KulischConversion(format, unit);
    for (CodeReader reader : new CodeReader[] {products.readerA(), products.readerB()}) {
      if (MacOperand.hasSpecials(reader.format()) && !format.hasNan()) {
        throw new IllegalArgumentException(
            "accumulator format must have NaN, as operand format "
                + reader.format().name()
                + " has: "
                + format.name());
      }
    }
    return conversion;
  }

  @Override
  public MacProducts products() {
    return products;
  }

  @Override
  public NumberFormat format() {
    return output;
  }

  @Override
  public int partialSumBits() {
    return bits;
  }

  @Override
  public void add(MacOperand a, int i, MacOperand b, int block, int from, int to, Accumulators c) {
    int first = b.shape().from(block);
    int at = i * c.columns() + first;
    ExactSums sums = new ExactSums(b.shape().width(block));
    if (bits <= LONG_BITS) {
      long[] words = new long[b.shape().width(block)];
      products.add(a, i, b, block, from, to, 0, words);
      for (int j = 0; j < words.length; j++) {
        int unused = Long.SIZE - bits;
        sums.add(j, words[j] << unused >> unused, 0);
      }
    } else {
      products.add(a, i, b, block, from, to, sums);
    }
    var scratch = new KulischConversion.Scratch();
    for (int j = 0; j < b.shape().width(block); j++) {
      Extreme extreme = MacOperand.ofProducts(a, i, b, first + j, from, to);
      c.codes()[at + j] = convert(extreme, sums, j, c.codes()[at + j], scratch);
    }
  }

  private long convert(
      Extreme products, ExactSums sums, int j, long addend, KulischConversion.Scratch scratch) {
    Extreme extreme = products.plus(conversion.extreme(addend));
    if (extreme != Extreme.NONE) {
      return conversion.code(extreme);
    }
    return sums.fitsLong(j)
        ? conversion.convert(sums, j, addend, scratch)
        : conversion.convert(ExactSums.wrapped(sums.sum(j), bits), addend, scratch);
  }
}
