package macroscope.vector;

import java.util.Optional;
import macroscope.unit.AlignedRuns;
import macroscope.unit.FloatRounder;
import macroscope.unit.RunSumKernel;

/** Offers {@link DoubleRunSumKernel}. */
public final class VectorRunSumProvider implements RunSumKernel.Provider {

  @Override
  public Optional<RunSumKernel> kernel(AlignedRuns runs, FloatRounder rounder) {
    return DoubleRunSumKernel.of(runs, rounder);
  }
}
