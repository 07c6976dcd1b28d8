package macroscope.rtl;

import java.math.BigInteger;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.DequantizedUnit;
import macroscope.unit.DotProductUnit;

/**
 * The twin of a unit behind {@code decode_table}, which makes its right operand of weights of few bits.
 * Scales come after the multiplication, and are not the unit's, or before it: one for all weights of a
 * pass enters with them, and {@code scale_weights} multiplies. Zero points are none.
 */
final class DequantizedTwin {

  private DequantizedTwin() {}

  /** The twin of a unit; empty if the unit behind has no such twin. */
  static Optional<Twin> of(DequantizedSpec spec, DotProductUnit<?> unit) {
    if (unit instanceof DequantizedUnit<?> dequantized
        && Twins.of(spec.unit()) instanceof DotTwin base
        && base.scale().isEmpty()
        && base.design().control() == Design.Control.NONE) {
      return spec.scale() == DequantizedSpec.Scale.AFTER
          ? Optional.of(unscaled(spec, dequantized, base))
          : scaled(spec, dequantized, base);
    }
    return Optional.empty();
  }

  private static Twin unscaled(DequantizedSpec spec, DequantizedUnit<?> unit, DotTwin base) {
    Decoder decoder = decoder(spec, unit, base, Optional.empty());
    return new DotTwin(
        unit,
        TwinFamily.DEQUANTIZED,
        base.design().behind(decoder),
        base.a(),
        spec.weights(),
        base.mostPasses());
  }

  private static Optional<Twin> scaled(
      DequantizedSpec spec, DequantizedUnit<?> unit, DotTwin base) {
    if (!(spec.operand() instanceof FloatFormat operand) || !WeightScaling.fits(operand)) {
      return Optional.empty();
    }
    Decoder decoder = decoder(spec, unit, base, Optional.of(new WeightScaling(operand)));
    OperandScale scale = new OperandScale(operand, unit.length(), false);
    int part = unit.length() / unit.pipeline().initiationInterval();
    OperandFeed codes = OperandFeed.codes(unit, base.a(), spec.weights());
    return Optional.of(
        new DotTwin(
            unit,
            TwinFamily.SCALED_DEQUANTIZED,
            base.design().behind(decoder),
            base.a(),
            spec.weights(),
            Optional.of(scale),
            OperandFeed.scaled(codes, part, scale),
            base.mostPasses()));
  }

  private static Decoder decoder(
      DequantizedSpec spec,
      DequantizedUnit<?> unit,
      DotTwin base,
      Optional<WeightScaling> scaling) {
    NumberFormat weights = spec.weights();
    Port b = base.design().operand("b");
    int bits = base.b().bits();
    BigInteger table = Decoder.table(weights, bits, code -> Words.of(unit.operand(code)));
    return new Decoder(b, b.bits() / bits, weights, bits, table, scaling);
  }
}
