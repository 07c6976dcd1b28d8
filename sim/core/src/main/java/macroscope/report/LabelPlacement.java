package macroscope.report;

import java.awt.geom.Dimension2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for labels beside their points, so that they cover neither each other nor the points.
 *
 * <p>Each label tries the same places around its point, near ones first, and takes the one with the
 * least penalty; as the labels placed later press on the earlier ones, all are placed anew some times.
 */
final class LabelPlacement {

  private static final int ROUNDS = 4;
  private static final int DIRECTIONS = 24;
  private static final double[] DISTANCES = {9, 16, 26, 38, 52, 68, 88, 110, 140, 175};

  /** Penalties; their ratios say what is worse: a covered label, then a point, then the front. */
  private static final double PER_COVERED_LABEL_PIXEL = 50;

  private static final double COVERED_LABEL = 4000;
  private static final double COVERED_POINT = 220;
  private static final double CROSSED_POINT = 25;
  private static final double CROSSED_LINE = 90;
  private static final double CROSSED_LEADER = 150;
  private static final double PER_PIXEL_AWAY = 1;

  private final Rectangle2D area;
  private final List<Rectangle2D> points;
  private final List<Line2D> lines;

  /**
   * @param area labels stay within
   * @param points boxes of all markers and error bars
   * @param lines segments of the front
   */
  LabelPlacement(Rectangle2D area, List<Rectangle2D> points, List<Line2D> lines) {
    this.area = area;
    this.points = List.copyOf(points);
    this.lines = List.copyOf(lines);
  }

  /** A label's box and the end of the line that leads to it from its point. */
  record Place(Point2D point, Rectangle2D box, double distance) {

    /** The point of the box that is nearest to the labelled point. */
    Point2D nearest() {
      return new Point2D.Double(
          Math.min(Math.max(point.getX(), box.getMinX()), box.getMaxX()),
          Math.min(Math.max(point.getY(), box.getMinY()), box.getMaxY()));
    }

    Line2D leader() {
      return new Line2D.Double(point, nearest());
    }
  }

  /** A place for the label of each point, in the order of the points. */
  List<Place> place(List<Point2D> labelled, List<Dimension2D> sizes) {
    List<Place> places = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < labelled.size(); i++) {
        List<Place> others = new ArrayList<>(places);
        if (round > 0) {
          others.remove(i);
        }
        Place best = best(labelled.get(i), sizes.get(i), others);
        if (round == 0) {
          places.add(best);
        } else {
          places.set(i, best);
        }
      }
    }
    return places;
  }

  private Place best(Point2D point, Dimension2D size, List<Place> others) {
    Place best = candidate(point, size, DISTANCES[0], 0);
    double least = Double.POSITIVE_INFINITY;
    for (double distance : DISTANCES) {
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        Place place = candidate(point, size, distance, direction);
        double penalty = area.contains(place.box()) ? penalty(place, others) : 1e9;
        if (penalty < least) {
          least = penalty;
          best = place;
        }
      }
    }
    return best;
  }

  /** The box whose nearest side or corner lies {@code distance} away; direction 0 is up and right. */
  private static Place candidate(Point2D point, Dimension2D size, double distance, int direction) {
    double angle = -Math.PI / 4 + 2 * Math.PI * direction / DIRECTIONS;
    double dx = Math.cos(angle);
    double dy = Math.sin(angle);
    double x = point.getX() + dx * distance - size.getWidth() * (1 - dx) / 2;
    double y = point.getY() + dy * distance - size.getHeight() * (1 - dy) / 2;
    Rectangle2D box = new Rectangle2D.Double(x, y, size.getWidth(), size.getHeight());
    return new Place(point, box, distance);
  }

  private double penalty(Place place, List<Place> others) {
    Rectangle2D box = place.box();
    double penalty = PER_PIXEL_AWAY * place.distance();
    penalty += COVERED_POINT * points.stream().filter(box::intersects).count();
    penalty += CROSSED_POINT * points.stream().filter(place.leader()::intersects).count();
    penalty += CROSSED_LINE * lines.stream().filter(line -> line.intersects(box)).count();
    for (Place other : others) {
      if (other.box().intersects(box)) {
        Rectangle2D shared = other.box().createIntersection(box);
        double pixels = shared.getWidth() * shared.getHeight();
        penalty += COVERED_LABEL + PER_COVERED_LABEL_PIXEL * pixels;
      }
      boolean crossed =
          other.leader().intersects(box)
              || place.leader().intersects(other.box())
              || place.leader().intersectsLine(other.leader());
      penalty += crossed ? CROSSED_LEADER : 0;
    }
    return penalty;
  }
}
