package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * Integer dot products of any widths on binary arrays, plane by plane:
 *
 * <pre>
 *   integers:           c += sum over planes p, q of w_p w_q popcount(a_p AND b_q)
 *   planes of -1 and 1: c += sum over planes p, q of 2^(p+q) (n - 2 popcount(a_p XOR b_q))
 * </pre>
 *
 * where {@code w_p = 2^p}, that of the sign of a two's complement operand {@code -2^p}, and n is the
 * number of products. Exact but for the accumulator, which wraps; sums may wrap in any wider word on
 * the way.
 */
public final class BitPlaneMacUnit implements DotProductUnit<BitRows> {

  private final BitPlaneMacSpec spec;
  private final IntegerFormat accumulator;

  public BitPlaneMacUnit(BitPlaneMacSpec spec) {
    this.spec = spec;
    int bits = spec.accumulatorBits();
    this.accumulator = new IntegerFormat("int" + bits, bits, true, false, 0);
  }

  @Override
  public BitPlaneMacSpec spec() {
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
    return prepare(spec.a(), a);
  }

  @Override
  public BitRows prepareB(EncodedMatrix b) {
    return prepare(spec.b(), b);
  }

  private static BitRows prepare(NumberFormat expected, EncodedMatrix matrix) {
    OperandFormats.require(expected, matrix.format().element());
    return BitRows.of(matrix, expected.bits());
  }

  @Override
  public void gemm(BitRows a, BitRows b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulator, a.shape(), b.shape(), fromK, toK);
    c.addWrapping((i, j) -> dot(a, i, b, j, fromK, toK));
  }

  private long dot(BitRows a, int i, BitRows b, int j, int fromK, int toK) {
    long sum = 0;
    for (int p = 0; p < spec.a().bits(); p++) {
      for (int q = 0; q < spec.b().bits(); q++) {
        long count = BitRows.count(spec.operation(), a.plane(i, p), b.plane(j, q), fromK, toK);
        long products = spec.bipolar() ? toK - fromK - 2 * count : count;
        boolean negative = isSign(spec.a(), p) != isSign(spec.b(), q);
        sum += (negative ? -products : products) << (p + q);
      }
    }
    return sum;
  }

  private static boolean isSign(NumberFormat format, int plane) {
    return format instanceof IntegerFormat && format.signed() && plane == format.bits() - 1;
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
