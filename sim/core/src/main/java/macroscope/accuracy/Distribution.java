package macroscope.accuracy;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Random matrices to try formats on. The elements of a seed never change. */
public enum Distribution {
  /** N(0, 1). */
  GAUSSIAN("gaussian", SplitMix64::gaussian),
  /** N(0, s^2) with s = |N(0, 1)| drawn for each row: rows of different scale (arXiv 2302.08007). */
  GAUSSIAN_VARIABLE("gaussian-variable", SplitMix64::gaussian),
  /** Student's t with 5 degrees of freedom: heavier tails. */
  STUDENT_T5("student-t5", Distribution::studentT5),
  /** Density exp(-|x|) / 2. */
  LAPLACE("laplace", Distribution::laplace),
  /** Uniform on (-1, 1). */
  UNIFORM("uniform", random -> 2 * random.uniform() - 1);

  private static final int T_DEGREES = 5;

  private final String distributionName;
  private final ToDoubleFunction<SplitMix64> element;

  Distribution(String distributionName, ToDoubleFunction<SplitMix64> element) {
    this.distributionName = distributionName;
    this.element = element;
  }

  public String distributionName() {
    return distributionName;
  }

  /**
   * The distribution of a name.
   *
   * @throws IllegalArgumentException if there is none, with the names
   */
  public static Distribution byName(String name) {
    return Arrays.stream(values())
        .filter(d -> d.distributionName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "distribution must be one of " + names() + ": " + name));
  }

  private static String names() {
    return Arrays.stream(values()).map(d -> d.distributionName).collect(Collectors.joining(", "));
  }

  /** A rows x columns matrix, row-major, drawn from {@link SplitMix64} with {@code seed}. */
  public double[] sample(long seed, int rows, int columns) {
    SplitMix64 random = new SplitMix64(seed);
    double[] x = new double[Math.multiplyExact(rows, columns)];
    for (int row = 0, i = 0; row < rows; row++) {
      double scale = this == GAUSSIAN_VARIABLE ? Math.abs(random.gaussian()) : 1;
      for (int column = 0; column < columns; column++, i++) {
        x[i] = scale * element.applyAsDouble(random);
      }
    }
    return x;
  }

  /** A standard normal over the root of the mean of five squared ones. */
  private static double studentT5(SplitMix64 random) {
    double numerator = random.gaussian();
    double squares = 0;
    for (int i = 0; i < T_DEGREES; i++) {
      double z = random.gaussian();
      squares += z * z;
    }
    return numerator / Math.sqrt(squares / T_DEGREES);
  }

  private static double laplace(SplitMix64 random) {
    double u = 2 * random.uniform() - 1;
    return Math.copySign(StrictMath.log(1 - Math.abs(u)), u);
  }
}
