package macroscope.vector;

import java.util.Optional;
import macroscope.format.BulkEncoder;
import macroscope.format.NearestSum;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.Rounding;

/** Offers {@link VectorFloatEncoder} where {@link NearestSum} serves and vectors are wide enough. */
public final class VectorEncoderProvider implements BulkEncoder.Provider {

  @Override
  public Optional<BulkEncoder> encoder(NumberFormat format, Rounding rounding, Overflow overflow) {
    return VectorFloatEncoder.fits()
        ? NearestSum.of(format, rounding, overflow).map(VectorFloatEncoder::new)
        : Optional.empty();
  }
}
