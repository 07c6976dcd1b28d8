package macroscope.vector;

import java.util.Optional;
import macroscope.unit.IntegerKernel;

/** Offers the kernel of the narrowest numbers that hold sums of products. */
public final class VectorIntegerProvider implements IntegerKernel.Provider {

  @Override
  public Optional<IntegerKernel> kernel(long largestProduct) {
    if (FloatIntegerKernel.fits(largestProduct)) {
      return Optional.of(new FloatIntegerKernel(largestProduct));
    }
    return DoubleIntegerKernel.fits(largestProduct)
        ? Optional.of(new DoubleIntegerKernel(largestProduct))
        : Optional.empty();
  }
}
