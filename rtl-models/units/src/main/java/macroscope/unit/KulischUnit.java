package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;

/**
 * A minifloat unit with a fixed-point accumulator as wide as the sum needs (Kulisch): {@code c + sum
 * of a_k * b_k}, exact, rounded once to nearest even when it leaves, at the end of a {@link #gemm}
 * call. A result of zero is +0. The sum of products wraps in two's complement where the accumulator
 * is made narrower than it can be; the addend joins behind the accumulator.
 *
 * <p>NaN and infinities, which minifloat hardware mostly leaves out, follow IEEE 754: NaN if an
 * operand or the addend is NaN, for infinity times zero and for infinities of both signs; else an
 * infinity if there is one.
 *
 * @param <P> the operand form of the word lengths that the formats need
 */
public final class KulischUnit<P> implements DotProductUnit<P> {

  private final KulischSpec spec;
  private final ExactProducts<P> products;
  private final KulischConversion conversion;
  private final boolean mayWrap;

  private KulischUnit(KulischSpec spec, ExactProducts<P> products) {
    this.spec = spec;
    this.products = products;
    this.mayWrap =
        SumRange.ofFormats(spec.a(), spec.b(), spec.terms()).bits() > spec.accumulatorBits();
    int unit = FixedPointRange.of(spec.a()).unit() + FixedPointRange.of(spec.b()).unit();
    this.conversion = new KulischConversion(spec.output(), unit);
    conversion.rounder().requireRoomForSpecials(spec.a());
    conversion.rounder().requireRoomForSpecials(spec.b());
  }

  /**
   * The unit with the fastest exact arithmetic for its formats.
   *
   * @throws IllegalArgumentException if a significand has more than 31 bits, or the output format
   *     cannot hold what operands can be
   */
  public static KulischUnit<?> of(KulischSpec spec) {
    requireOperand("a", spec.a());
    requireOperand("b", spec.b());
    if (NarrowProducts.fits(spec.a(), spec.b())) {
      return new KulischUnit<>(spec, new NarrowProducts(spec.a(), spec.b()));
    }
    if (LimbProducts.fits(spec.a(), spec.b())) {
      return new KulischUnit<>(spec, new LimbProducts(spec.a(), spec.b()));
    }
    return new KulischUnit<>(spec, new BucketProducts(spec.a(), spec.b()));
  }

  private static void requireOperand(String which, FloatFormat format) {
    Widths.inRange(
        "fraction bits of operand " + which + " (" + format.name() + ")",
        format.fractionBits(),
        0,
        30);
  }

  @Override
  public KulischSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.output();
  }

  @Override
  public int partialSumBits() {
    return spec.accumulatorBits();
  }

  @Override
  public P prepareA(EncodedMatrix a) {
    return products.left(a);
  }

  @Override
  public P prepareB(EncodedMatrix b) {
    return products.right(b);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there are more products than a sum may have
   */
  @Override
  public void gemm(P a, P b, int fromK, int toK, Accumulators c) {
    OperandShape columns = products.shape(b);
    c.requireShape(spec.output(), products.shape(a), columns, fromK, toK);
    Widths.inRange("products of a sum", toK - fromK, 0, spec.terms());
    for (int block = 0; block < columns.blocks(); block++) {
      ExactSums sums = new ExactSums(columns.width(block));
      for (int i = 0; i < c.rows(); i++) {
        sums.clear();
        products.addProducts(a, i, b, block, fromK, toK, sums);
        if (mayWrap) {
          sums.wrap(spec.accumulatorBits());
        }
        convert(a, i, b, block, fromK, toK, sums, c);
      }
    }
  }

  private void convert(
      P a, int i, P b, int block, int fromK, int toK, ExactSums sums, Accumulators c) {
    CodeRows rowsA = products.codes(a);
    CodeRows rowsB = products.codes(b);
    OperandShape columns = products.shape(b);
    var scratch = new KulischConversion.Scratch();
    for (int j = 0; j < columns.width(block); j++) {
      int column = columns.from(block) + j;
      int at = i * c.columns() + column;
      long addend = c.codes()[at];
      Extreme extreme =
          CodeRows.ofProducts(rowsA, i, rowsB, column, fromK, toK).plus(conversion.extreme(addend));
      c.codes()[at] =
          extreme == Extreme.NONE
              ? conversion.convert(sums, j, addend, scratch)
              : conversion.code(extreme);
    }
  }

  @Override
  public Pipeline pipeline() {
    return KulischHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return KulischHardware.inventory(spec);
  }
}
