package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
  void pointsAreNumbersInTheOrderOfTheirCodes() {
    assertThat(Arrays.copyOfRange(LATTICE.points(), 8 * 256, 8 * 257))
        .containsExactly(0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, -1.25);
  }
}
