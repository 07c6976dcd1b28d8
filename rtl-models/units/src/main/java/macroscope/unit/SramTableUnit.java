package macroscope.unit;

import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * One output of an SRAM array of lookup tables. The result is the exact integer dot product, which wraps
 * in the accumulator, whatever the tables, the batch and the array.
 *
 * <p>Time and energy are those of counted lookups; without counts those of full batches in which no
 * pattern is empty and none comes back.
 */
public final class SramTableUnit implements DotProductUnit<BitSerialOperand> {

  private final SramTableSpec spec;
  private final BitSerialUnit sums;
  private final LookupCounts counts;
  private final Optional<LookupCounter> counter;

  private SramTableUnit(SramTableSpec spec, LookupCounts counts, Optional<LookupCounter> counter) {
    this.spec = spec;
    this.sums = new BitSerialUnit(spec.sums());
    this.counts = counts;
    this.counter = counter;
  }

  /** The unit of these parameters. */
  public static SramTableUnit of(SramTableSpec spec) {
    return new SramTableUnit(spec, spec.worst(), Optional.empty());
  }

  /** The same on operands whose lookups were counted; their passes must be at least one. */
  public static SramTableUnit measured(SramTableSpec spec, LookupCounts counts) {
    if (counts.passes() < 1) {
      throw new IllegalArgumentException("counted passes must be at least 1: " + counts.passes());
    }
    return new SramTableUnit(spec, counts, Optional.empty());
  }

  /** The same that counts its lookups. */
  static SramTableUnit counting(SramTableSpec spec, LookupCounter counter) {
    return new SramTableUnit(spec, spec.worst(), Optional.of(counter));
  }

  @Override
  public SramTableSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return sums.accumulatorFormat();
  }

  @Override
  public BitSerialOperand prepareA(EncodedMatrix a) {
    return sums.prepareA(a);
  }

  @Override
  public BitSerialOperand prepareB(EncodedMatrix b) {
    return sums.prepareB(b);
  }

  @Override
  public void gemm(BitSerialOperand a, BitSerialOperand b, int fromK, int toK, Accumulators c) {
    sums.gemm(a, b, fromK, toK, c);
    if (counter.isPresent() && a instanceof BitSerialOperand.Planes planes) {
      int to = (toK + length() - 1) / length() * spec.tables();
      long arrays = (b.rows() + spec.outputs() - 1) / spec.outputs();
      counter.get().add(PatternReuse.count(spec, planes, fromK / spec.inputs(), to).times(arrays));
    }
  }

  @Override
  public Pipeline pipeline() {
    return SramTableHardware.pipeline(spec, counts);
  }

  @Override
  public Inventory inventory() {
    return SramTableHardware.inventory(spec, counts);
  }
}
