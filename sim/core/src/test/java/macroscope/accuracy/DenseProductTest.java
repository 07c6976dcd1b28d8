package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseProductTest {

  /** The sum as the class defines it, one product after another. */
  private static double[] oneByOne(double[] a, int m, double[] b, int n, int k) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int x = 0; x < k; x++) {
          c[i * n + j] += a[i * k + x] * b[j * k + x];
        }
      }
    }
    return c;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,4,7", "5,3,9", "3,10,25", "9,6,1", "16,17,33", "2,130,5"})
  void bitsAreThoseOfSumsOneByOne(int m, int n, int k) {
    double[] a = Distribution.GAUSSIAN.sample(1, m, k);
    double[] b = Distribution.LAPLACE.sample(2, n, k);
    assertThat(DenseProduct.multiply(a, m, b, n, k)).isEqualTo(oneByOne(a, m, b, n, k));
  }
}
