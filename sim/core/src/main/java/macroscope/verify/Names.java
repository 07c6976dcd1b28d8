package macroscope.verify;

import java.util.Map;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.StochasticRounding.Variant;

/** The words that vector files use for roundings and overflow. */
final class Names {

  /** As gfloat spells them. */
  static final Map<String, RoundingMode> ROUNDINGS =
      Map.of(
          "TiesToEven", RoundingMode.TIES_TO_EVEN,
          "TiesToAway", RoundingMode.TIES_TO_AWAY,
          "TowardZero", RoundingMode.TOWARD_ZERO,
          "TowardPositive", RoundingMode.TOWARD_POSITIVE,
          "TowardNegative", RoundingMode.TOWARD_NEGATIVE,
          "ToOdd", RoundingMode.TO_ODD);

  /** As gfloat spells them. */
  static final Map<String, Variant> STOCHASTIC =
      Map.of(
          "Stochastic", Variant.STOCHASTIC,
          "StochasticOdd", Variant.STOCHASTIC_ODD,
          "StochasticFast", Variant.STOCHASTIC_FAST,
          "StochasticFastest", Variant.STOCHASTIC_FASTEST);

  /** As microxcaling spells them: its nearest rounds halves away from zero. */
  static final Map<String, RoundingMode> BLOCK_ROUNDINGS =
      Map.of(
          "nearest", RoundingMode.TIES_TO_AWAY,
          "even", RoundingMode.TIES_TO_EVEN,
          "floor", RoundingMode.TOWARD_ZERO);

  /** Of files of blocks with two levels of exponents. */
  static final Map<String, RoundingMode> TWO_LEVEL_ROUNDINGS =
      Map.of(
          "even", RoundingMode.TIES_TO_EVEN,
          "nearest_away", RoundingMode.TIES_TO_AWAY,
          "trunc", RoundingMode.TOWARD_ZERO);

  /** The column {@code saturate}: 1 clamps everything, 0 follows the format's own rule. */
  static final Map<String, Overflow> SATURATE =
      Map.of("1", Overflow.SATURATE, "0", Overflow.NATIVE);

  private Names() {}
}
