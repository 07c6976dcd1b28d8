package macroscope.rtl;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.SpecialValues;
import macroscope.format.ZeroExponent;

/**
 * The module {@code scale_weights} behind a table: weights times the scale that they share, rounded.
 *
 * @param format of weights and scale
 */
record WeightScaling(FloatFormat format) {

  static final List<String> MODULES =
      List.of(
          "scale_weights",
          "float_multiplier",
          "float_unpack",
          "product_specials",
          "multiplier",
          "normalise_round",
          "absolute",
          "leading_zeros",
          "shift_right");

  /** Whether the module has such a format: a sign, an exponent, and NaN, if any, whatever the sign. */
  static boolean fits(FloatFormat format) {
    SpecialValues specials = format.specials();
    return format.signed()
        && format.exponentBits() > 0
        && format.fractionBits() > 0
        && format.zeroExponent() == ZeroExponent.SUBNORMAL
        && (specials == SpecialValues.FINITE
            || specials == SpecialValues.IEEE
            || specials == SpecialValues.FN);
  }

  Port port() {
    return new Port("scale", format.bits());
  }

  /** The wire and the instance. */
  String source(Port weights, int length) {
    int lowest = -format.bias() - 2 * format.fractionBits();
    int fields = 2 * ((1 << format.exponentBits()) - 1);
    int magnitudeBits = format.bits() - 1;
    ResultCodes codes = ResultCodes.of(format, format.fractionBits());
    Parameters parameters =
        new Parameters()
            .put("LENGTH", length)
            .put("EXPONENT_BITS", format.exponentBits())
            .put("FRACTION_BITS", format.fractionBits())
            .put("ZERO_EXPONENT", Parameters.zeroExponent(format))
            .put("SPECIALS", Parameters.specials(format))
            .put("LOWEST_FIELD", lowest)
            .put(
                "FIELD_BITS",
                SignedWidth.of(lowest - 2, lowest + fields + 2 * format.fractionBits() + 2))
            .put("LARGEST", magnitudeBits, codes.largest())
            .put("OVERFLOW", magnitudeBits, codes.positiveOverflow())
            .put("NAN", format.bits(), codes.nan());
    return """
          wire [%1$s-1:0] %2$s_scaled;
          scale_weights #(
        %3$s
          ) scale_%2$s (.weights(%2$s_decoded), .scale(scale), .scaled(%2$s_scaled));

        """
        .formatted(
            Decoder.decodedBits(weights),
            weights.name(),
            TopModule.parameters(parameters.all(), "    "));
  }
}
