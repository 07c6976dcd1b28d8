package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of a fused dot product of block-scaled operands whose scales are powers of two: the
 * exponents of both scales are added to the exponent of every product before the alignment, never to
 * that of the addend (MX instructions, {@code mxf8f6f4}).
 *
 * @param dot the fused dot product
 * @param scale format of the scales, without fraction bits and infinities
 * @param blockLength elements along K that share a scale
 */
public record BlockScaledDotSpec(FusedDotSpec dot, FloatFormat scale, int blockLength)
    implements UnitSpec {

  public BlockScaledDotSpec {
    Widths.inRange("block length", blockLength, 1, 1024);
    if (scale.fractionBits() != 0 || scale.signed() || scale.hasInfinity()) {
      throw new IllegalArgumentException(
          "scales must be powers of two without sign and infinity: " + scale.name());
    }
  }

  @Override
  public String name() {
    return dot.name();
  }
}
