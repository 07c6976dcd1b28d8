package macroscope.vector;

import java.util.Optional;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;

/** Offers the fastest kernel that the terms of a unit fit. */
public final class VectorFusedDotProvider implements FusedDotKernel.Provider {

  @Override
  public Optional<FusedDotKernel> kernel(FusedDotSpec spec, FloatRounder rounder) {
    if (ShortFusedDotKernel.fits(spec)) {
      return Optional.of(new ShortFusedDotKernel(spec, rounder));
    }
    return RunSumFusedDotKernel.of(spec, rounder)
        .or(
            () ->
                IntFusedDotKernel.fits(spec)
                    ? Optional.of(new IntFusedDotKernel(spec, rounder))
                    : Optional.empty());
  }
}
