package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A unit whose sums are promoted to binary32 every few passes:
 *
 * <pre>
 *   p = the unit's sum of {@code interval} products, from +0;   c = fl32(c + p)
 * </pre>
 *
 * The width of the unit's own accumulator then matters for {@code interval} products and no longer
 * for all of K. The last sum of a call may be of fewer products. A NaN is 0x7FFFFFFF, as CUDA cores
 * write it.
 *
 * @param <P> the operand form of the unit
 */
public final class PromotedUnit<P> implements DotProductUnit<P> {

  private final PromotedSpec spec;
  private final DotProductUnit<P> unit;

  private PromotedUnit(PromotedSpec spec, DotProductUnit<P> unit) {
    this.spec = spec;
    this.unit = unit;
    requireFloat(unit.accumulatorFormat());
    if (spec.interval() % unit.length() != 0) {
      throw new IllegalArgumentException(
          "promotion interval must be a multiple of the "
              + unit.length()
              + " products of a pass: "
              + spec.interval());
    }
    if (unit.scaleSupport() == ScaleSupport.BOTH) {
      throw new IllegalArgumentException(
          "a unit that works on all of K at once cannot be promoted: " + unit.spec().name());
    }
  }

  /**
   * The unit of these parameters.
   *
   * @throws IllegalArgumentException if the sums of the unit are no floats that binary32 holds, or the
   *     interval cuts a pass
   */
  public static PromotedUnit<?> of(PromotedSpec spec) {
    return on(spec, Units.create(spec.unit()));
  }

  private static <P> PromotedUnit<P> on(PromotedSpec spec, DotProductUnit<P> unit) {
    return new PromotedUnit<>(spec, unit);
  }

  private static void requireFloat(NumberFormat format) {
    FloatFormat real = Formats.BINARY32;
    boolean held =
        format instanceof FloatFormat f
            && f.fractionBits() <= real.fractionBits()
            && f.maxExponent() <= real.maxExponent()
            && f.minExponent() - f.fractionBits() >= real.minExponent() - real.fractionBits();
    if (!held) {
      throw new IllegalArgumentException(
          "sums to promote must be floats that binary32 holds: " + format.name());
    }
  }

  @Override
  public PromotedSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return unit.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return Formats.BINARY32;
  }

  @Override
  public ScaleSupport scaleSupport() {
    return unit.scaleSupport();
  }

  @Override
  public boolean readsZeroPoints() {
    return unit.readsZeroPoints();
  }

  @Override
  public DotProductUnit<?> ofActivations() {
    DotProductUnit<?> other = unit.ofActivations();
    return other.spec().equals(unit.spec())
        ? this
        : of(new PromotedSpec(spec.name(), other.spec(), spec.interval()));
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
    if (!c.format().equals(Formats.BINARY32)) {
      throw new IllegalArgumentException(
          "accumulator format must be binary32: " + c.format().name());
    }
    for (int k = fromK; k < toK; k += spec.interval()) {
      int stop = (int) Math.min(toK, (long) k + spec.interval());
      Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), c.rows(), c.columns());
      unit.gemm(a, b, k, stop, sums);
      for (int at = 0; at < c.codes().length; at++) {
        c.codes()[at] = promoted(c.codes()[at], unit.accumulatorFormat(), sums.codes()[at]);
      }
    }
  }

  /** The code of a binary32 sum after the code of a part in another format. */
  static long promoted(long code, NumberFormat format, long part) {
    long widened =
        format.equals(Formats.BINARY32)
            ? part
            : Formats.BINARY32.encode(
                format.decode(part), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    return IeeeArithmetic.addCodes32(code, widened);
  }

  @Override
  public Pipeline pipeline() {
    return unit.pipeline().then("promote");
  }

  @Override
  public Inventory inventory() {
    return PromotedHardware.inventory(spec, unit);
  }
}
