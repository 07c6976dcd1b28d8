package macroscope.unit;

import macroscope.format.NumberFormat;

/** Adds the products of a {@link MacUnit} to accumulators: one way of {@link Accumulation}. */
interface MacAccumulator {

  /** Format of accumulators. */
  NumberFormat format();

  /** Bits of a sum that is not finished. */
  int partialSumBits();

  /** {@code c[i][j] += sum over k = from..to-1} for the columns j of a block. */
  void add(MacOperand a, int i, MacOperand b, int block, int from, int to, Accumulators c);

  /**
   * The accumulator of a specification.
   *
   * @throws IllegalArgumentException if sums cannot be what operands can
   */
  static MacAccumulator of(MacSpec spec) {
    boolean real = spec.accumulation() instanceof Accumulation.FloatChain;
    Multiplication multiplication = spec.multiplication();
    MacProducts products =
        TabulatedProducts.fit(multiplication, real)
            ? new TabulatedProducts(multiplication, real)
            : new ComputedProducts(multiplication);
    if (spec.accumulation() instanceof Accumulation.FixedPoint sum) {
      return new FixedPointAccumulator(products, multiplication.unit(), sum);
    }
    if (spec.accumulation() instanceof Accumulation.IntegerSum sum) {
      return new IntegerAccumulator(products, multiplication, sum, spec.length());
    }
    if (spec.accumulation() instanceof Accumulation.Promoted sum) {
      return new PromotedAccumulator(products, multiplication, sum, spec.length());
    }
    return new FloatChainAccumulator(products);
  }

  /** How operands are read. */
  MacProducts products();
}
