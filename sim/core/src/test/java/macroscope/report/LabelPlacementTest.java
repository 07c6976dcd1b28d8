package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Dimension;
import java.awt.geom.Dimension2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPlacementTest {

  private static final Rectangle2D AREA = new Rectangle2D.Double(0, 0, 800, 500);
  private static final Dimension2D SIZE = new Dimension(150, 16);

  /** Ten points as close together as markers on a crowded front are. */
  private static List<Point2D> crowd() {
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      points.add(new Point2D.Double(300 + 14 * i, 200 + 9 * i));
    }
    return points;
  }

  private static List<LabelPlacement.Place> placed() {
    List<Rectangle2D> markers =
        crowd().stream()
            .<Rectangle2D>map(p -> new Rectangle2D.Double(p.getX() - 6, p.getY() - 6, 12, 12))
            .toList();
    return new LabelPlacement(AREA, markers, List.of())
        .place(crowd(), Collections.nCopies(10, SIZE));
  }

  @Test
  void noLabelCoversAnother() {
    List<LabelPlacement.Place> places = placed();
    for (int i = 0; i < places.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(places.get(i).box().intersects(places.get(j).box())).isFalse();
      }
    }
  }

  @Test
  void noLabelCoversAPoint() {
    assertThat(placed())
        .noneMatch(place -> crowd().stream().anyMatch(point -> place.box().contains(point)));
  }

  @Test
  void labelsStayWithinTheArea() {
    assertThat(placed()).allMatch(place -> AREA.contains(place.box()));
  }
}
