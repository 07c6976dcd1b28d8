package macroscope.rtl;

import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.DequantizedUnit;
import macroscope.unit.DotProductUnit;

/**
 * The twin of a unit behind {@code decode_table}, which makes its right operand of weights of few bits.
 * Scales come after the multiplication: they are not the unit's.
 */
final class DequantizedTwin {

  private DequantizedTwin() {}

  /** The twin of a unit; empty if weights are scaled first, or the unit behind has no such twin. */
  static Optional<Twin> of(DequantizedSpec spec, DotProductUnit<?> unit) {
    if (spec.scale() == DequantizedSpec.Scale.AFTER
        && unit instanceof DequantizedUnit<?> dequantized
        && Twins.of(spec.unit()) instanceof DotTwin base
        && base.scale().isEmpty()
        && base.design().control() == Design.Control.NONE) {
      NumberFormat weights = spec.weights();
      Port b = base.design().operand("b");
      int bits = base.b().bits();
      Decoder decoder =
          new Decoder(
              b,
              b.bits() / bits,
              weights,
              bits,
              Decoder.table(weights, bits, code -> Words.of(dequantized.operand(code))));
      return Optional.of(
          new DotTwin(unit, base.design().behind(decoder), base.a(), weights, base.mostPasses()));
    }
    return Optional.empty();
  }
}
