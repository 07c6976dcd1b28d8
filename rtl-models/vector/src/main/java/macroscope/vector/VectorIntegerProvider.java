package macroscope.vector;

import macroscope.unit.IntegerKernel;

/** Offers {@link VectorIntegerKernel}. */
public final class VectorIntegerProvider implements IntegerKernel.Provider {

  @Override
  public IntegerKernel kernel() {
    return new VectorIntegerKernel();
  }
}
