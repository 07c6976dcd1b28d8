package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrontLabelsTest {

  private static List<Integer> points(int number) {
    return IntStream.range(0, number).boxed().toList();
  }

  @Test
  void everyPointOfAShortFrontIsNamed() {
    assertThat(FrontLabels.evenly(points(12))).isEqualTo(points(12));
  }

  @Test
  void ofALongFrontTwelvePointsAreNamedAndItsEndsAmongThem() {
    assertThat(FrontLabels.evenly(points(23)))
        .containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22);
  }
}
