package macroscope.unit;

import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A dot product that rounds once for each group: the exact sum of its products and the addend, to
 * nearest even. Khattak and Mikaitis (arXiv 2512.07004) describe MI100 so.
 *
 * @param <P> the operand form of {@link KulischUnit}
 */
public final class ExactGroupDotUnit<P> implements DotProductUnit<P> {

  private final ExactGroupDotSpec spec;
  private final KulischUnit<P> group;

  private ExactGroupDotUnit(ExactGroupDotSpec spec, KulischUnit<P> group) {
    this.spec = spec;
    this.group = group;
  }

  /**
   * @throws IllegalArgumentException as {@link KulischUnit#of} does
   */
  public static ExactGroupDotUnit<?> of(ExactGroupDotSpec spec) {
    return of(spec, KulischUnit.of(spec.group()));
  }

  private static <P> ExactGroupDotUnit<P> of(ExactGroupDotSpec spec, KulischUnit<P> group) {
    return new ExactGroupDotUnit<>(spec, group);
  }

  @Override
  public ExactGroupDotSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.output();
  }

  @Override
  public P prepareA(EncodedMatrix a) {
    return group.prepareA(a);
  }

  @Override
  public P prepareB(EncodedMatrix b) {
    return group.prepareB(b);
  }

  @Override
  public void gemm(P a, P b, int fromK, int toK, Accumulators c) {
    for (int k = fromK; k < toK; k += spec.groupLength()) {
      group.gemm(a, b, k, Math.min(k + spec.groupLength(), toK), c);
    }
  }

  /** The pipeline of an exact sum, which a group enters each cycle. */
  @Override
  public Pipeline pipeline() {
    return new Pipeline(group.pipeline().stages(), spec.length() / spec.groupLength());
  }

  /** The parts of an exact sum that is converted after each group. */
  @Override
  public Inventory inventory() {
    return group.inventory();
  }
}
