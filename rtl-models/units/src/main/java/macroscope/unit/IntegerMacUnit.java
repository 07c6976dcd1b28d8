package macroscope.unit;

import java.util.Arrays;
import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.Tiles.Tile;

/**
 * An integer multiply-accumulate array: exact products, an exact adder tree over one pass, and a
 * two's complement accumulator that wraps or saturates once a pass.
 *
 * <p>The binary points of fixed-point operands add up to that of the accumulator.
 *
 * <p>Width proof. A product has at most 62 bits and is summed in {@code long}. Where the accumulator
 * wraps, sums may wrap in any wider word on the way. Where it saturates, a pass and the accumulator
 * must lie below 2^62 each, so their sum fits.
 */
public final class IntegerMacUnit implements DotProductUnit<IntegerPlanes> {

  private final IntegerMacSpec spec;
  private final IntegerFormat accumulator;
  private final long largestProduct;
  private final IntegerKernel kernel;
  private final Optional<LossCounter> counter;

  /**
   * The unit on the fastest kernel of this JVM.
   *
   * @throws IllegalArgumentException if an operand does not fit 32 bits, or a saturating pass 62
   */
  public IntegerMacUnit(IntegerMacSpec spec) {
    this(spec, true, Optional.empty());
  }

  /** The unit on the kernel in plain Java, which gives the same bits. */
  public static IntegerMacUnit plain(IntegerMacSpec spec) {
    return new IntegerMacUnit(spec, false, Optional.empty());
  }

  /** The unit that counts saturations and overflows, pass by pass, and gives the same bits. */
  static IntegerMacUnit counting(IntegerMacSpec spec, LossCounter counter) {
    return new IntegerMacUnit(spec, false, Optional.of(counter));
  }

  private IntegerMacUnit(IntegerMacSpec spec, boolean fastest, Optional<LossCounter> counter) {
    this.spec = spec;
    this.counter = counter;
    this.largestProduct =
        Math.multiplyExact(largestMagnitude("a", spec.a()), largestMagnitude("b", spec.b()));
    this.accumulator =
        IntegerAccumulator.format(
            spec.accumulatorBits(), spec.a().fractionBits() + spec.b().fractionBits());
    if (spec.saturating()) {
      int passBits = Long.SIZE - Long.numberOfLeadingZeros(largestProduct);
      Widths.inRange("bits of a saturating pass", passBits + Widths.ceilLog2(spec.length()), 0, 62);
    }
    boolean wraps = !spec.saturating() && counter.isEmpty();
    boolean wrapsInInt = wraps && spec.accumulatorBits() <= Integer.SIZE;
    long terms = wrapsInInt ? Integer.MAX_VALUE : Integer.MAX_VALUE / largestProduct;
    IntegerKernel plain = new PlainIntegerKernel((int) terms);
    this.kernel = fastest ? IntegerKernel.fastest(largestProduct, plain) : plain;
  }

  private static long largestMagnitude(String which, IntegerFormat format) {
    int bits = format.signed() ? format.bits() : format.bits() + 1;
    Widths.inRange("two's complement bits of operand " + which, bits, 1, Integer.SIZE);
    return format.signed() ? 1L << (format.bits() - 1) : format.most();
  }

  @Override
  public IntegerMacSpec spec() {
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
  public IntegerPlanes prepareA(EncodedMatrix a) {
    OperandFormats.require(spec.a(), a.format().element());
    return IntegerPlanes.left(a, spec.a()::integer, kernel.form());
  }

  @Override
  public IntegerPlanes prepareB(EncodedMatrix b) {
    OperandFormats.require(spec.b(), b.format().element());
    return IntegerPlanes.right(b, spec.b()::integer, kernel.form());
  }

  @Override
  public void gemm(IntegerPlanes a, IntegerPlanes b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulator, a.shape(), b.shape(), fromK, toK);
    new Tiles(c.rows(), c.columns(), IntegerKernel.ROWS, OperandShape.BLOCK)
        .forEach(tile -> tile(a, b, fromK, toK, c, tile));
  }

  private void tile(
      IntegerPlanes a, IntegerPlanes b, int fromK, int toK, Accumulators c, Tile tile) {
    int width = b.shape().paddedWidth(tile.fromColumn() / OperandShape.BLOCK);
    long[] sums = new long[tile.rows() * width];
    for (int i = 0; i < tile.rows(); i++) {
      int from = tile.start(i, c.columns());
      for (int j = 0; j < tile.columns(); j++) {
        long code = c.codes()[from + j];
        sums[i * width + j] = code == 0 ? 0 : accumulator.integer(code);
      }
    }
    passes(a, b, fromK, toK, tile, width, sums);
    long mask = (1L << spec.accumulatorBits()) - 1;
    for (int i = 0; i < tile.rows(); i++) {
      int to = tile.start(i, c.columns());
      for (int j = 0; j < tile.columns(); j++) {
        c.codes()[to + j] = sums[i * width + j] & mask;
      }
    }
  }

  /** All passes at once where none can saturate, else one by one. */
  private void passes(
      IntegerPlanes a, IntegerPlanes b, int fromK, int toK, Tile tile, int width, long[] sums) {
    int rows = tile.rows();
    boolean atOnce = counter.isEmpty() && cannotSaturate(sums, toK - fromK);
    int step = atOnce ? toK - fromK : spec.length();
    for (int k = fromK; k < toK; k += step) {
      int stop = Math.min(k + step, toK);
      kernel.addProducts(a, tile.fromRow(), rows, b, tile.fromColumn(), width, k, stop, sums);
      counter.ifPresent(counts -> counts.add(losses(sums)));
      if (spec.saturating()) {
        for (int j = 0; j < sums.length; j++) {
          sums[j] = Math.max(accumulator.least(), Math.min(accumulator.most(), sums[j]));
        }
      } else if (counter.isPresent()) {
        for (int j = 0; j < sums.length; j++) {
          sums[j] = accumulator.integer(sums[j] & ((1L << spec.accumulatorBits()) - 1));
        }
      }
    }
  }

  /** Sums of a pass that the accumulator does not hold. */
  private Losses losses(long[] sums) {
    long outside =
        Arrays.stream(sums)
            .filter(sum -> sum < accumulator.least() || sum > accumulator.most())
            .count();
    return spec.saturating()
        ? new Losses(0, 0, 0, 0, 0, 0, outside)
        : new Losses(0, 0, 0, 0, 0, outside, 0);
  }

  private boolean cannotSaturate(long[] sums, int terms) {
    if (!spec.saturating()) {
      return true;
    }
    long room = accumulator.most() / largestProduct;
    long largest = 0;
    for (long sum : sums) {
      largest = Math.max(largest, Math.abs(sum));
    }
    return terms <= room && largest <= accumulator.most() - terms * largestProduct;
  }

  @Override
  public Pipeline pipeline() {
    return IntegerMacHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return IntegerMacHardware.inventory(spec);
  }
}
