package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * Integer dot products whose products share DSP slices: packed operands are multiplied, as many
 * products as lanes have room for are added in the slices, lanes are read with their borrow given
 * back and added to an accumulator that wraps.
 *
 * <p>Width proof. A packed operand fits its port and a sum of {@link PackedMacSpec#cascade} products
 * its lane ({@link DspPacking#mostProducts}), so that the accumulator of a slice, at most 58 bits,
 * loses nothing; sums of lanes are right modulo 2^64.
 */
public final class PackedMacUnit implements DotProductUnit<IntegerRows> {

  private final PackedMacSpec spec;
  private final IntegerFormat accumulator;

  public PackedMacUnit(PackedMacSpec spec) {
    this.spec = spec;
    int fractionBits = spec.a().fractionBits() + spec.b().fractionBits();
    this.accumulator = IntegerAccumulator.format(spec.accumulatorBits(), fractionBits);
  }

  @Override
  public PackedMacSpec spec() {
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
  public IntegerRows prepareA(EncodedMatrix a) {
    return IntegerRows.of(spec.a(), a);
  }

  @Override
  public IntegerRows prepareB(EncodedMatrix b) {
    return IntegerRows.of(spec.b(), b);
  }

  @Override
  public void gemm(IntegerRows a, IntegerRows b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulator, a.shape(), b.shape(), fromK, toK);
    for (int i = 0; i < c.rows(); i += spec.packing().rows()) {
      for (int j = 0; j < c.columns(); j += spec.packing().columns()) {
        add(sums(a, i, b, j, fromK, toK), i, j, c);
      }
    }
  }

  /** The sums of the dot products that share slices. */
  private long[] sums(IntegerRows a, int i, IntegerRows b, int j, int fromK, int toK) {
    DspPacking packing = spec.packing();
    long[] sums = new long[packing.outputs()];
    for (int pass = fromK; pass < toK; pass += spec.length()) {
      int end = Math.min(pass + spec.length(), toK);
      for (int k = pass; k < end; k += spec.cascade()) {
        long[] lanes = packing.lanes(accumulated(a, i, b, j, k, Math.min(k + spec.cascade(), end)));
        for (int lane = 0; lane < sums.length; lane++) {
          sums[lane] += lanes[lane];
        }
      }
    }
    return sums;
  }

  /** What the last accumulator of a cascade of slices holds. */
  private long accumulated(IntegerRows a, int i, IntegerRows b, int j, int from, int to) {
    DspPacking packing = spec.packing();
    int unused = Long.SIZE - packing.slice().accumulatorBits();
    long sum = 0;
    for (int k = from; k < to; k++) {
      long x = packing.packA(a.numbers(i, packing.rows(), k));
      long y = packing.packB(b.numbers(j, packing.columns(), k));
      sum = sum + x * y << unused >> unused;
    }
    return sum;
  }

  private void add(long[] sums, int i, int j, Accumulators c) {
    long mask = (1L << spec.accumulatorBits()) - 1;
    int columns = spec.packing().columns();
    for (int lane = 0; lane < sums.length; lane++) {
      int row = i + lane / columns;
      int column = j + lane % columns;
      if (row < c.rows() && column < c.columns()) {
        int at = row * c.columns() + column;
        c.codes()[at] = c.codes()[at] + sums[lane] & mask;
      }
    }
  }

  @Override
  public Pipeline pipeline() {
    return PackedMacHardware.pipeline();
  }

  @Override
  public Inventory inventory() {
    return PackedMacHardware.inventory(spec);
  }
}
