package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import macroscope.tensor.NearestVectors.Match;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestVectorsTest {

  /** Every vector compared. */
  private static Match scan(double[] vectors, int dimension, double[] x, int at) {
    Match best = new Match(-1, Double.POSITIVE_INFINITY);
    for (int v = 0; v < vectors.length / dimension; v++) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        double difference = x[at + i] - vectors[v * dimension + i];
        sum += difference * difference;
      }
      best = sum < best.distance() ? new Match(v, sum) : best;
    }
    return best;
  }

  /** Numbers of few digits, so that many distances are equal, and of many. */
  private static double[] numbers(int seed, int count, int steps) {
    double[] x = new SplittableRandom(seed).doubles(count, -1, 1).toArray();
    for (int i = 0; i < count && steps > 0; i++) {
      x[i] = Math.rint(x[i] * steps) / steps;
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "1, 100, 3",
    "2, 9, 0",
    "2, 300, 2",
    "3, 64, 1",
    "6, 513, 0",
    "8, 256, 1",
    "8, 17, 0"
  })
  void theNearestIsTheFirstThatAScanFinds(int dimension, int count, int steps) {
    double[] vectors = numbers(count, count * dimension, steps);
    double[] x = numbers(7, 200 * dimension, steps);
    NearestVectors search = new NearestVectors(dimension, vectors);
    for (int at = 0; at < x.length; at += dimension) {
      assertThat(search.nearest(x, at)).isEqualTo(scan(vectors, dimension, x, at));
    }
  }

  @Test
  void ofEqualVectorsTheFirstIsFound() {
    assertThat(new NearestVectors(2, new double[40]).nearest(new double[] {1, 1}, 0).index())
        .isZero();
  }

  @Test
  void thereMustBeAVector() {
    assertThatThrownBy(() -> new NearestVectors(2, new double[1]))
        .hasMessageStartingWith("vectors must be");
  }
}
