package macroscope.unit;

import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A multiply-accumulate unit put together from a {@link Multiplication} and an {@link Accumulation}.
 *
 * <p>NaN and infinite operands follow IEEE 754: NaN if an operand or the addend is NaN, for infinity
 * times zero and for infinities of both signs; else an infinity if there is one.
 */
public final class MacUnit implements DotProductUnit<MacOperand> {

  private final MacSpec spec;
  private final MacAccumulator accumulator;

  /**
   * @throws IllegalArgumentException if multiplication and accumulation do not fit each other
   */
  public MacUnit(MacSpec spec) {
    this.spec = spec;
    this.accumulator = MacAccumulator.of(spec);
  }

  @Override
  public MacSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return accumulator.format();
  }

  @Override
  public int partialSumBits() {
    return accumulator.partialSumBits();
  }

  @Override
  public MacOperand prepareA(EncodedMatrix a) {
    return MacOperand.left(accumulator.products().readerA(), a);
  }

  @Override
  public MacOperand prepareB(EncodedMatrix b) {
    return MacOperand.right(accumulator.products().readerB(), b);
  }

  @Override
  public void gemm(MacOperand a, MacOperand b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulator.format(), a.shape(), b.shape(), fromK, toK);
    for (int block = 0; block < b.shape().blocks(); block++) {
      for (int i = 0; i < c.rows(); i++) {
        accumulator.add(a, i, b, block, fromK, toK, c);
      }
    }
  }

  @Override
  public Pipeline pipeline() {
    return MacHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return MacHardware.inventory(spec);
  }
}
