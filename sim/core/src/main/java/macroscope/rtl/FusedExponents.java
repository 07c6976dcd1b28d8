package macroscope.rtl;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.unit.FusedDotHardware;
import macroscope.unit.FusedDotSpec;

/**
 * How the module {@code fused_accumulator} counts exponents: a term has the sum of its exponent fields,
 * so that its exponent is off by the sum of the biases, the reference.
 */
final class FusedExponents {

  /** Exponent of any zero: see {@code macroscope.unit.FusedDotUnit}. */
  private static final int ZERO_EXPONENT = -126;

  private final FusedDotSpec spec;
  private final List<FloatFormat> factors;
  private final int reference;
  private final int least;
  private final int largest;

  /**
   * @param scales formats of the scales that multiply each product
   */
  FusedExponents(FusedDotSpec spec, List<FloatFormat> scales) {
    this.spec = spec;
    this.factors = Stream.concat(Stream.of(spec.a(), spec.b()), scales.stream()).toList();
    this.reference = factors.stream().mapToInt(FloatFormat::bias).sum();
    FloatFormat c = spec.accumulator();
    OptionalInt floor = spec.alignment().leastExponent();
    int leastProduct = factors.stream().mapToInt(FusedExponents::leastOf).sum();
    int largestProduct = factors.stream().mapToInt(FusedExponents::largestOf).sum();
    int leastTerm = Math.min(leastProduct, leastOf(c));
    int largestTerm = Math.max(largestProduct, largestOf(c));
    this.least = reference + Math.min(leastTerm, floor.orElse(leastTerm)) - 1;
    this.largest = reference + Math.max(largestTerm, floor.orElse(largestTerm));
  }

  private static int leastOf(FloatFormat format) {
    int number = Math.min(format.minExponent(), -format.bias());
    return format.hasZero() ? Math.min(number, ZERO_EXPONENT) : number;
  }

  /** That of the highest exponent field, whatever its codes stand for. */
  private static int largestOf(FloatFormat format) {
    return Math.max((1 << format.exponentBits()) - 1, 1) - format.bias();
  }

  /** What a zero of an operand or scale counts as exponent field. */
  static int zeroField(FloatFormat format) {
    return format.bias() + ZERO_EXPONENT;
  }

  /** The parameters of the accumulator and of its alignment. */
  Parameters addTo(Parameters parameters) {
    FloatFormat c = spec.accumulator();
    boolean zerosCount = spec.alignment().zerosCount();
    int lowest = c.bias() - reference - spec.keptFractionBits();
    int sumBits = FusedDotHardware.sumBits(spec);
    parameters
        .put("LENGTH", spec.groupLength())
        .put("X_BITS", SignedWidth.of(least, largest))
        .put("ZEROS_COUNT", zerosCount)
        .put("NONE_X", least)
        .put("KEPT", spec.keptFractionBits())
        .put("FLOOR", spec.alignment().truncation() == RoundingMode.TOWARD_NEGATIVE)
        .put("LEAST_X", reference + spec.alignment().leastExponent().orElse(least - reference))
        .put("C_SPECIALS", Parameters.specials(c))
        .put("C_FIELD_X", reference - c.bias())
        .put("C_ZERO_X", zerosCount ? reference + ZERO_EXPONENT : least)
        .put("C_LOWEST_FIELD", lowest)
        .put("C_FIELD_BITS", SignedWidth.of(least + lowest - 2, largest + lowest + sumBits))
        .put("C_ROUNDED_BITS", spec.outputFractionBits())
        .put("C_NEAREST", spec.finalRounding() == RoundingMode.TIES_TO_EVEN)
        .put("C_UNDERFLOWS", leastNumber() - spec.keptFractionBits() + sumBits - 1 + c.bias() < 1)
        .put("C_UNSTORED_BITS", unstoredBits());
    ResultCodes.of(c, spec.outputFractionBits()).addTo(parameters, c);
    return parameters;
  }

  /** Least exponent that a term which is no zero is aligned to. */
  private int leastNumber() {
    int product = factors.stream().mapToInt(FloatFormat::minExponent).sum();
    int number = Math.min(product, spec.accumulator().minExponent());
    return Math.max(number, spec.alignment().leastExponent().orElse(number));
  }

  /**
   * Low bits of a result that are zero in every number: below the computed fraction, or below the
   * lowest bit of the sum. Only of IEEE formats, whose NaN has ones there and nowhere else zeros.
   */
  private int unstoredBits() {
    FloatFormat c = spec.accumulator();
    if (c.specials() != SpecialValues.IEEE) {
      return 0;
    }
    int computed = c.fractionBits() - spec.outputFractionBits();
    int ofNormals = Math.max(0, c.fractionBits() + 1 - FusedDotHardware.sumBits(spec));
    int lowest = leastNumber() - spec.keptFractionBits();
    int ofSubnormals = Math.max(0, lowest - (c.minExponent() - c.fractionBits()));
    return Math.max(computed, Math.min(ofNormals, ofSubnormals));
  }
}
