package macroscope.unit;

import macroscope.tensor.EncodedMatrix;

/**
 * A whole matrix product of real values through a unit: operands with scales in, real results out.
 *
 * <p>A unit that applies scales itself gets all of K at once. For any other the scales belong to the
 * epilogue, as in GPU kernels: K is cut where a scale of either operand changes; each cut runs through
 * the unit from a zero accumulator; its result is multiplied by both scales and added in FP32. With
 * one scale a row there is one cut and one multiplication. NaN and infinities pass.
 *
 * @param <P> the unit's operand form
 */
public final class ScaledGemm<P> {

  private final DotProductUnit<P> unit;

  public ScaledGemm(DotProductUnit<P> unit) {
    this.unit = unit;
  }

  /** The unit that multiplies. */
  public DotProductUnit<P> unit() {
    return unit;
  }

  /** An operand with its scales, prepared once and used for many products. */
  public static final class Operand<P> {
    final P prepared;
    final EncodedMatrix source;

    Operand(P prepared, EncodedMatrix source) {
      this.prepared = prepared;
      this.source = source;
    }

    public int rows() {
      return source.rows();
    }
  }

  public Operand<P> prepareA(EncodedMatrix a) {
    return new Operand<>(unit.prepareA(a), a);
  }

  public Operand<P> prepareB(EncodedMatrix b) {
    return new Operand<>(unit.prepareB(b), b);
  }

  /** {@code A * B^T}, M x N row-major, as FP32 numbers widened to double. */
  public double[] multiply(Operand<P> a, Operand<P> b) {
    throw new IllegalStateException("being written");
  }
}
