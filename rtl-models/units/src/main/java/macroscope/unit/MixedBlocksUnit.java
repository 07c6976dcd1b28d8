package macroscope.unit;

import java.util.Arrays;
import java.util.List;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/**
 * Integer products of blocks of two widths: the sum of a block comes from one of two arrays, from zero,
 * and is added to an accumulator that wraps. Sums are exact integers, so that neither the order of
 * blocks nor the array shows in a result as long as no array overflows.
 *
 * <p>Activations are handed over in the wider format. A block runs on the narrow array where each of
 * its numbers, in all rows, is one of the narrow format.
 *
 * @param <H> the operand form of the unit of more bits
 * @param <L> the operand form of the unit of few
 */
public final class MixedBlocksUnit<H, L> implements DotProductUnit<MixedBlocksUnit.Operand<H, L>> {

  private final MixedBlocksSpec spec;
  private final DotProductUnit<H> high;
  private final DotProductUnit<L> low;
  private final IntegerFormat accumulator;

  private MixedBlocksUnit(MixedBlocksSpec spec, DotProductUnit<H> high, DotProductUnit<L> low) {
    this.spec = spec;
    this.high = high;
    this.low = low;
    this.accumulator = integers(low);
    if (accumulator.bits() != integers(high).bits() || accumulator.fractionBits() != 0) {
      throw new IllegalArgumentException(
          "sums of both widths must be integers of as many bits: "
              + accumulator.name()
              + ", "
              + integers(high).name());
    }
  }

  /**
   * The unit of these parameters.
   *
   * @throws IllegalArgumentException if sums are no integers of the same width
   */
  public static MixedBlocksUnit<?, ?> of(MixedBlocksSpec spec) {
    return on(spec, Units.create(spec.high()), Units.create(spec.low()));
  }

  private static <H, L> MixedBlocksUnit<H, L> on(
      MixedBlocksSpec spec, DotProductUnit<H> high, DotProductUnit<L> low) {
    return new MixedBlocksUnit<>(spec, high, low);
  }

  private static IntegerFormat integers(DotProductUnit<?> unit) {
    if (unit.accumulatorFormat() instanceof IntegerFormat format) {
      return format;
    }
    throw new IllegalArgumentException(
        "sums of blocks must be integers: " + unit.accumulatorFormat().name());
  }

  /** An operand in both forms, and which blocks of a left one need the wider. */
  public static final class Operand<H, L> {
    private final H high;
    private final L low;
    private final boolean[] wide;
    private final OperandShape shape;

    Operand(H high, L low, boolean[] wide, EncodedMatrix matrix) {
      this.high = high;
      this.low = low;
      this.wide = wide;
      this.shape = new OperandShape(matrix.rows(), matrix.columns());
    }
  }

  @Override
  public MixedBlocksSpec spec() {
    return spec;
  }

  /** Products of as many blocks as the share has. */
  @Override
  public int length() {
    return Math.multiplyExact(spec.share().of(), spec.block());
  }

  @Override
  public int runLength() {
    return spec.block();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return accumulator;
  }

  @Override
  public Operand<H, L> prepareA(EncodedMatrix a) {
    OperandFormats.require(spec.wide(), a.format().element());
    long mask = -1L >>> (Long.SIZE - spec.narrow().bits());
    long[] cut = Arrays.stream(a.codes()).map(code -> code & mask).toArray();
    TensorFormat plain = new TensorFormat(spec.narrow().name(), spec.narrow(), List.of());
    EncodedMatrix narrow = new EncodedMatrix(plain, a.rows(), a.columns(), cut, List.of());
    return new Operand<>(high.prepareA(a), low.prepareA(narrow), wide(spec, a), a);
  }

  /** Which blocks hold a number that the narrow format does not. */
  static boolean[] wide(MixedBlocksSpec spec, EncodedMatrix a) {
    boolean[] wide = new boolean[(a.columns() + spec.block() - 1) / spec.block()];
    IntegerFormat narrow = spec.narrow();
    for (int i = 0; i < a.codes().length; i++) {
      long integer = spec.wide().integer(a.codes()[i]);
      wide[i % a.columns() / spec.block()] |= integer < narrow.least() || integer > narrow.most();
    }
    return wide;
  }

  @Override
  public Operand<H, L> prepareB(EncodedMatrix b) {
    return new Operand<>(high.prepareB(b), low.prepareB(b), new boolean[0], b);
  }

  @Override
  public void gemm(Operand<H, L> a, Operand<H, L> b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulator, a.shape, b.shape, fromK, toK);
    for (int k = fromK; k < toK; ) {
      int block = k / spec.block();
      int end = (int) Math.min(toK, (block + 1L) * spec.block());
      if (a.wide[block]) {
        add(high, a.high, b.high, k, end, c);
      } else {
        add(low, a.low, b.low, k, end, c);
      }
      k = end;
    }
  }

  private <P> void add(DotProductUnit<P> unit, P a, P b, int from, int to, Accumulators c) {
    IntegerFormat format = integers(unit);
    Accumulators sums = Accumulators.zeros(format, c.rows(), c.columns());
    unit.gemm(a, b, from, to, sums);
    for (int at = 0; at < sums.codes().length; at++) {
      c.codes()[at] = added(accumulator, c.codes()[at], format, sums.codes()[at]);
    }
  }

  /** The code of an accumulator, which wraps, after the sum of a block. */
  static long added(IntegerFormat accumulator, long code, IntegerFormat format, long sum) {
    long integer = format.integer(sum) >> format.fractionBits();
    return code + integer & -1L >>> (Long.SIZE - accumulator.bits());
  }

  @Override
  public Pipeline pipeline() {
    return MixedBlocksHardware.pipeline(spec, high, low);
  }

  @Override
  public Inventory inventory() {
    return MixedBlocksHardware.inventory(spec, high, low);
  }
}
