package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import macroscope.sweep.Objective.Scale;
import org.junit.jupiter.api.Test;

class FrontNamesTest {

  private static List<Integer> points(int number) {
    return IntStream.range(0, number).boxed().toList();
  }

  @Test
  void everyPointOfAShortFrontIsNamed() {
    assertThat(FrontNames.evenly(points(12))).isEqualTo(points(12));
  }

  @Test
  void ofALongFrontTwelvePointsAreNamedAndItsEndsAmongThem() {
    assertThat(FrontNames.evenly(points(23)))
        .containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22);
  }

  private static FrontNames front(int points, int characters) {
    return FrontNames.of(
        points(points).stream()
            .map(i -> new ChartData.Point("x".repeat(characters), i, -i, 0))
            .toList());
  }

  @Test
  void shortLabelsStandBesideTheirPoints() {
    assertThat(front(2, 3).beside()).containsExactly("xxx", "xxx");
  }

  @Test
  void shortLabelsNeedNoKey() {
    assertThat(front(10, 40).key(ChartStyle.paper())).isEmpty();
  }

  @Test
  void pointsWithLongLabelsHaveNumbers() {
    assertThat(front(7, 70).beside()).containsExactly("1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void aKeyHasTheLabelsOfNumberedPoints() {
    List<ChartData.Point> points =
        points(7).stream()
            .map(i -> new ChartData.Point("point " + "x".repeat(60) + i, 1 + i, 9 - i, 0))
            .toList();
    ChartData chart =
        new ChartData(
            "title",
            "subtitle",
            new ChartData.Axis("cost", Scale.LINEAR),
            new ChartData.Axis("quality", Scale.LINEAR),
            List.of(new ChartData.Series("one", 0, points)),
            points,
            Optional.empty());
    assertThat(new ChartFiles(ChartStyle.paper()).svg(chart))
        .contains(points.stream().map(ChartData.Point::label).toList());
  }
}
