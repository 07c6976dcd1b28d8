package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * Single-bit matrix instructions: bits of both operands are combined by a gate, counted and added to a
 * two's complement accumulator that wraps. Bits behind the end of K count nothing.
 *
 * <p>Results are the integers that the instruction writes: under {@link BinaryMacSpec.Operation#XOR}
 * they count differences, and whoever means {-1, 1} takes n - 2 d ({@link BitPlaneMacUnit}).
 */
public final class BinaryMacUnit implements DotProductUnit<BitRows> {

  private final BinaryMacSpec spec;
  private final IntegerFormat accumulator;

  public BinaryMacUnit(BinaryMacSpec spec) {
    this.spec = spec;
    int bits = spec.accumulatorBits();
    this.accumulator = new IntegerFormat("int" + bits, bits, true, false, 0);
  }

  @Override
  public BinaryMacSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return accumulator;
  }

  @Override
  public BitRows prepareA(EncodedMatrix a) {
    return prepare(a);
  }

  @Override
  public BitRows prepareB(EncodedMatrix b) {
    return prepare(b);
  }

  private static BitRows prepare(EncodedMatrix matrix) {
    if (matrix.format().element().bits() != 1) {
      throw new IllegalArgumentException(
          "operands must have one bit an element: " + matrix.format().element().name());
    }
    return BitRows.of(matrix, 1);
  }

  @Override
  public void gemm(BitRows a, BitRows b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulator, a.shape(), b.shape(), fromK, toK);
    c.addWrapping(
        (i, j) -> BitRows.count(spec.operation(), a.plane(i, 0), b.plane(j, 0), fromK, toK));
  }

  @Override
  public Pipeline pipeline() {
    return BitPlaneHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return BitPlaneHardware.inventory(spec);
  }
}
