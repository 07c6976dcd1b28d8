package macroscope.accuracy;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The loss of a language model trained in a floating-point format of 1 sign, E exponent and M mantissa
 * bits with a scale for B elements (Sun et al., Scaling Laws for Floating-Point Quantization Training,
 * ICML 2025, arXiv 2501.02423, "Capybara"):
 *
 * <pre>
 *   L = n/N^a + d/D^b + eps + D^b/N^a * log2(B) / (g * (E + 0.5)^de * (M + 0.5)^nu)
 * </pre>
 *
 * @param parameters N, of the model
 * @param block B, elements that share a scale
 */
public record TrainingScalingLaw(double parameters, int block) {

  // Fitted constants of the paper.
  private static final double N_COEFFICIENT = 69.2343;
  private static final double ALPHA = 0.2368;
  private static final double D_COEFFICIENT = 68973.0621;
  private static final double BETA = 0.5162;
  private static final double EPSILON = 1.9061;
  private static final double GAMMA = 11334.5197;
  private static final double DELTA = 3.1926;
  private static final double NU = 2.9543;

  /** Exponent and mantissa bits beside the sign. */
  public record Layout(int exponentBits, int mantissaBits) {
    @Override
    public String toString() {
      return "E" + exponentBits + "M" + mantissaBits;
    }
  }

  public TrainingScalingLaw {
    if (!(parameters > 0) || block < 2) {
      throw new IllegalArgumentException(
          "parameters must be positive and a block 2 or more: " + parameters + ", " + block);
    }
  }

  /** The loss after training on {@code tokens}. */
  public double loss(double tokens, Layout layout) {
    return N_COEFFICIENT / StrictMath.pow(parameters, ALPHA)
        + D_COEFFICIENT / StrictMath.pow(tokens, BETA)
        + EPSILON
        + StrictMath.pow(tokens, BETA) / StrictMath.pow(parameters, ALPHA) * precision(layout);
  }

  private double precision(Layout layout) {
    return StrictMath.log(block) / StrictMath.log(2) / (GAMMA * resolution(layout));
  }

  private static double resolution(Layout layout) {
    return StrictMath.pow(layout.exponentBits() + 0.5, DELTA)
        * StrictMath.pow(layout.mantissaBits() + 0.5, NU);
  }

  /** The tokens beyond which more of them make the loss larger: where dL/dD is zero. */
  public double criticalTokens(Layout layout) {
    double square = D_COEFFICIENT * StrictMath.pow(parameters, ALPHA) / precision(layout);
    return StrictMath.pow(square, 1 / (2 * BETA));
  }

  /**
   * The layout of {@code bits} bits with the least loss, whatever the model and the data.
   *
   * @param bits sign included, 3 or more
   */
  public static Layout best(int bits) {
    if (bits < 3) {
      throw new IllegalArgumentException("bits must be 3 or more: " + bits);
    }
    return IntStream.range(1, bits - 1)
        .mapToObj(exponentBits -> new Layout(exponentBits, bits - 1 - exponentBits))
        .max(Comparator.comparingDouble(TrainingScalingLaw::resolution))
        .orElseThrow();
  }
}
