package macroscope.vector;

import java.util.Optional;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.RealPlanes;
import macroscope.unit.RunSumKernel;
import macroscope.unit.SignificandPlanes;

/**
 * The fused dot product whose products are seldom cut, because many more bits are kept than they have
 * (FP8 and narrower on Blackwell): {@link DoubleRunSumKernel} with runs of one product.
 */
final class RunSumFusedDotKernel implements FusedDotKernel {

  /** Kept bits beyond those of a product, from which on few products are cut. */
  private static final int SPARE_BITS = 16;

  private final FusedDotSpec spec;
  private final RunSumKernel kernel;

  private RunSumFusedDotKernel(FusedDotSpec spec, RunSumKernel kernel) {
    this.spec = spec;
    this.kernel = kernel;
  }

  /** The kernel, if widths are proven and it pays. */
  static Optional<FusedDotKernel> of(FusedDotSpec spec, FloatRounder rounder) {
    int productBits = spec.a().fractionBits() + spec.b().fractionBits();
    boolean pays = spec.keptFractionBits() >= productBits + SPARE_BITS;
    return pays && RealPlanes.fit(spec.a()) && RealPlanes.fit(spec.b())
        ? DoubleRunSumKernel.of(spec.runs(), rounder)
            .map(kernel -> new RunSumFusedDotKernel(spec, kernel))
        : Optional.empty();
  }

  @Override
  public SignificandPlanes.Form form() {
    return SignificandPlanes.Form.REALS;
  }

  @Override
  public Strip strip(SignificandPlanes a, int fromRow, int rows, int fromK, int toK) {
    int passes = Strips.of(spec, rows, fromK, toK).groups();
    RealPlanes left = a.reals().orElseThrow();
    return (b, fromColumn, columns, significands, exponents) ->
        kernel.accumulate(
            left,
            fromRow,
            rows,
            b.reals().orElseThrow(),
            fromColumn,
            columns,
            fromK,
            toK,
            passes,
            significands,
            exponents);
  }
}
