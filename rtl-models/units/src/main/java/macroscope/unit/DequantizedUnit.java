package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * Weights of few bits on a unit for wider operands: every weight is converted ({@link Dequantizer}),
 * then the unit multiplies and accumulates. Activations are the unit's own left operand.
 *
 * @param <P> the operand form of the unit
 */
public final class DequantizedUnit<P> implements DotProductUnit<P> {

  /** Significand bits up to which the product of two operands is exact in binary64. */
  private static final int MOST_FRACTION_BITS = 25;

  private static final int MOST_EXPONENT_BITS = 8;

  private final DequantizedSpec spec;
  private final DotProductUnit<P> unit;
  private final Dequantizer dequantizer;

  private DequantizedUnit(DequantizedSpec spec, DotProductUnit<P> unit) {
    this.spec = spec;
    this.unit = unit;
    this.dequantizer = new Dequantizer(spec);
    if (unit.scaleSupport() != ScaleSupport.NONE) {
      throw new IllegalArgumentException(
          "weights can be converted for units that apply no scales: " + unit.spec().name());
    }
    boolean exact =
        !(spec.operand() instanceof FloatFormat f)
            || f.fractionBits() <= MOST_FRACTION_BITS && f.exponentBits() <= MOST_EXPONENT_BITS;
    if (!exact) {
      throw new IllegalArgumentException(
          "weights can become floats of at most binary32: " + spec.operand().name());
    }
  }

  /**
   * The unit of these parameters.
   *
   * @throws IllegalArgumentException if the unit applies scales itself
   */
  public static DequantizedUnit<?> of(DequantizedSpec spec) {
    return on(spec, Units.create(spec.unit()));
  }

  private static <P> DequantizedUnit<P> on(DequantizedSpec spec, DotProductUnit<P> unit) {
    return new DequantizedUnit<>(spec, unit);
  }

  @Override
  public DequantizedSpec spec() {
    return spec;
  }

  /**
   * The operand that a weight without zero point becomes, at the scale 1 where scales come before the
   * multiplication.
   *
   * @throws IllegalArgumentException if the operand cannot hold the weight
   */
  public long operand(long code) {
    return dequantizer.operand(code, 0, 1);
  }

  @Override
  public int length() {
    return unit.length();
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
  public ScaleSupport scaleSupport() {
    return switch (spec.scale()) {
      case BEFORE -> ScaleSupport.RIGHT;
      case GROUPS_BEFORE -> ScaleSupport.RIGHT_GROUPS;
      case AFTER -> ScaleSupport.NONE;
    };
  }

  @Override
  public boolean readsZeroPoints() {
    return true;
  }

  /** Activations are no weights: two of them meet in the unit as it is. */
  @Override
  public DotProductUnit<?> ofActivations() {
    return unit.ofActivations();
  }

  @Override
  public P prepareA(EncodedMatrix a) {
    if (a.format().hasZeroPoints()) {
      throw new IllegalArgumentException("only weights may have zero points: " + a.format().name());
    }
    return unit.prepareA(a);
  }

  @Override
  public P prepareB(EncodedMatrix b) {
    return unit.prepareB(dequantizer.convert(b));
  }

  @Override
  public void gemm(P a, P b, int fromK, int toK, Accumulators c) {
    unit.gemm(a, b, fromK, toK, c);
  }

  @Override
  public Pipeline pipeline() {
    return unit.pipeline().after("dequantize");
  }

  @Override
  public Inventory inventory() {
    return DequantizerHardware.inventory(spec, unit);
  }
}
