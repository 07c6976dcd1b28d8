package macroscope.unit;

import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A unit that is cut into stages. Its bits are those of the unit.
 *
 * @param <P> the operand form of the unit
 */
public final class PipelinedUnit<P> implements DotProductUnit<P> {

  private final PipelinedSpec spec;
  private final DotProductUnit<P> unit;

  private PipelinedUnit(PipelinedSpec spec, DotProductUnit<P> unit) {
    this.spec = spec;
    this.unit = unit;
  }

  /** The unit of these parameters. */
  public static PipelinedUnit<?> of(PipelinedSpec spec) {
    return on(spec, Units.create(spec.unit()));
  }

  private static <P> PipelinedUnit<P> on(PipelinedSpec spec, DotProductUnit<P> unit) {
    return new PipelinedUnit<>(spec, unit);
  }

  @Override
  public PipelinedSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return unit.length();
  }

  @Override
  public int runLength() {
    return unit.runLength();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return unit.accumulatorFormat();
  }

  @Override
  public int partialSumBits() {
    return unit.partialSumBits();
  }

  @Override
  public P prepareA(EncodedMatrix a) {
    return unit.prepareA(a);
  }

  @Override
  public P prepareB(EncodedMatrix b) {
    return unit.prepareB(b);
  }

  @Override
  public void gemm(P a, P b, int fromK, int toK, Accumulators c) {
    unit.gemm(a, b, fromK, toK, c);
  }

  @Override
  public Pipeline pipeline() {
    return spec.unit().pipeline(spec.ranks());
  }

  @Override
  public Inventory inventory() {
    return spec.unit().inventory(spec.ranks());
  }
}
