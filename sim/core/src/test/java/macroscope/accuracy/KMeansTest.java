package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KMeansTest {

  private static final int ITERATIONS = 20;

  private static double[] gaussian(int count) {
    SplittableRandom random = new SplittableRandom(3);
    return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  /** Mean squared distance of points to their nearest centre. */
  private static double error(int dimension, double[] points, double[] centres) {
    double total = 0;
    for (int at = 0; at < points.length; at += dimension) {
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c += dimension) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
          sum += Math.pow(points[at + i] - centres[c + i], 2);
        }
        least = Math.min(least, sum);
      }
      total += least;
    }
    return total * dimension / points.length;
  }

  /** Eight clouds far apart have their means as centres. */
  @Test
  void cloudsThatLieApartAreFound() {
    double[] points = new double[8 * 100];
    double[] noise = gaussian(points.length);
    for (int i = 0; i < points.length; i++) {
      points[i] = 100 * (i % 8) + noise[i];
    }
    double[] means =
        IntStream.range(0, 8)
            .mapToDouble(
                c ->
                    IntStream.range(0, 100).mapToDouble(i -> points[8 * i + c]).average().orElse(0))
            .toArray();
    double[] centres = KMeans.centres(1, points, 8, ITERATIONS, 1);
    Arrays.sort(centres);
    assertThat(centres).usingComparatorWithPrecision(1e-9).containsExactly(means);
  }

  @Test
  void movingCentresLowersTheError() {
    double[] points = gaussian(4000);
    double seeded = error(4, points, KMeans.centres(4, points, 32, 0, 1));
    double one = error(4, points, KMeans.centres(4, points, 32, 1, 1));
    assertThat(one).isLessThan(seeded);
    assertThat(error(4, points, KMeans.centres(4, points, 32, ITERATIONS, 1))).isLessThan(one);
  }

  @Test
  void asManyCentresAsPointsAreThePoints() {
    double[] points = gaussian(24);
    double[] centres = KMeans.centres(1, points, 24, ITERATIONS, 5);
    Arrays.sort(points);
    Arrays.sort(centres);
    assertThat(centres).containsExactly(points);
  }

  @Test
  void equalPointsMayHaveSeveralCentres() {
    assertThat(KMeans.centres(2, new double[20], 4, ITERATIONS, 1)).containsOnly(0);
  }

  @Test
  void theSameSeedGivesTheSameCentres() {
    double[] points = gaussian(600);
    assertThat(KMeans.centres(3, points, 16, ITERATIONS, 9))
        .isEqualTo(KMeans.centres(3, points, 16, ITERATIONS, 9));
  }
}
