package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class E8pLatticeTest {

  private static final E8pLattice LATTICE = new E8pLattice();

  private static int square(int[] x) {
    return IntStream.of(x).map(v -> v * v).sum();
  }

  /** E8: all integers or all halves of odd integers, with an even sum. Here in quarters, less 1. */
  private static boolean isOfE8(int[] quarters) {
    int[] x = IntStream.of(quarters).map(q -> q - 1).toArray();
    boolean integers = IntStream.of(x).allMatch(v -> v % 4 == 0);
    boolean halves = IntStream.of(x).allMatch(v -> Math.abs(v % 4) == 2);
    return (integers || halves) && IntStream.of(x).sum() % 8 == 0;
  }

  @Test
  void everyPointIsOneOfE8PlusAQuarter() {
    assertThat(IntStream.range(0, E8pLattice.POINTS).allMatch(c -> isOfE8(LATTICE.point(c))))
        .isTrue();
  }

  @Test
  void allPointsDiffer() {
    assertThat(
            IntStream.range(0, E8pLattice.POINTS)
                .mapToObj(c -> Arrays.toString(LATTICE.point(c)))
                .distinct())
        .hasSize(1 << 16);
  }

  /** |D8-hat| within the ball of radius root 10, and the rest; squares of twice the magnitudes. */
  @Test
  void entriesAre227WithinRoot10And29OfRoot12() {
    int[] squares = LATTICE.entries().stream().mapToInt(E8pLatticeTest::square).toArray();
    assertThat(Arrays.stream(squares, 0, 227)).allMatch(s -> s <= 40);
    assertThat(Arrays.stream(squares, 227, 256)).hasSize(29).allMatch(s -> s == 48);
  }

  /** What decides the 227: no point of the half-odd lattice within root 10 is left out. */
  @Test
  void noSmallerMagnitudesAreMissing() {
    int small = 0;
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      int[] twice = new int[8];
      for (int i = 0; i < 8; i++) {
        twice[i] = 2 * (pattern >> 2 * i & 3) + 1;
      }
      small += square(twice) <= 40 ? 1 : 0;
    }
    assertThat(small).isEqualTo(227);
  }

  /** By hand: entry 0 is (1/2, ..., 1/2), whose sum is 4; entry 1 ends in 3/2, sum 5. */
  @ParameterizedTest
  @CsvSource({
    "0, '[3, 3, 3, 3, 3, 3, 3, 3]'",
    "1, '[1, 1, 1, 1, 1, 1, 1, 1]'",
    "3, '[-1, 3, -1, 3, 3, 3, 3, 3]'",
    "256, '[3, 3, 3, 3, 3, 3, 3, -5]'",
    "2, '[-3, 1, -3, 1, 1, 1, 1, 1]'"
  })
  void aCodeHasEntrySignsAndShift(int code, String quarters) {
    assertThat(Arrays.toString(LATTICE.point(code))).isEqualTo(quarters);
  }

  @Test
  void aVectorBecomesItsNearestPoint() {
    double[] x = new SplittableRandom(8).doubles(80, -3, 3).toArray();
    double[] points = LATTICE.points();
    double[] y = Quantizer.quantize(TensorFormats.parse("e8p"), x, 1, 80).decode();
    for (int at = 0; at < 80; at += 8) {
      double least = Double.POSITIVE_INFINITY;
      for (int point = 0; point < points.length; point += 8) {
        least = Math.min(least, distance(x, at, points, point));
      }
      assertThat(distance(x, at, y, at)).isEqualTo(least);
    }
  }

  private static double distance(double[] x, int from, double[] y, int to) {
    double sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (x[from + i] - y[to + i]) * (x[from + i] - y[to + i]);
    }
    return sum;
  }

  /** The points are the same for all matrices and no part of their storage. */
  @ParameterizedTest
  @CsvSource({"e8p, 2", "e8p:tensor, 2.0078125", "e8p:channel:fp16, 2.25"})
  void anElementTakesTwoBitsAndItsScale(String scheme, double bits) {
    assertThat(TensorFormats.parse(scheme).bitsPerElement(64, 64)).isEqualTo(bits);
  }

  /** Root mean square 2 becomes 1.03 (QuIP#'s scale of normal numbers). */
  @Test
  void scalesBringNumbersToTheReachOfTheLattice() {
    double[] x = {2, -2, 2, -2, 2, -2, 2, 2};
    assertThat(Quantizer.quantize(TensorFormats.parse("e8p:tensor"), x, 1, 8).scale(0, 0))
        .isEqualTo(2 / 1.03);
  }

  /**
   * Normal numbers of variance 1 lose 0.09 of it: below the 0.1175 of the best quantizer of two bits an
   * element (Lloyd-Max), above the 0.0625 that information theory allows.
   */
  @Test
  void normalNumbersLoseLessThanUnderAnyScalarQuantizer() {
    Random random = new Random(3);
    double[] x = random.doubles(8 * 2000).map(ignored -> random.nextGaussian()).toArray();
    double[] y = Quantizer.quantize(TensorFormats.parse("e8p:tensor"), x, 1, x.length).decode();
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      error += (x[i] - y[i]) * (x[i] - y[i]) / x.length;
    }
    assertThat(error).isBetween(0.0625, 0.1);
  }

  @Test
  void pointsAreNumbersInTheOrderOfTheirCodes() {
    assertThat(Arrays.copyOfRange(LATTICE.points(), 8 * 256, 8 * 257))
        .containsExactly(0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, -1.25);
  }
}
