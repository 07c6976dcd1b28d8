package macroscope.vector;

import java.util.Optional;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;

/** Offers {@link VectorFusedDotKernel} for every unit whose terms fit 32-bit lanes. */
public final class VectorFusedDotProvider implements FusedDotKernel.Provider {

  @Override
  public Optional<FusedDotKernel> kernel(FusedDotSpec spec, FloatRounder rounder) {
    return VectorFusedDotKernel.fits(spec)
        ? Optional.of(new VectorFusedDotKernel(spec, rounder))
        : Optional.empty();
  }
}
