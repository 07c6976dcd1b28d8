package macroscope.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.sweep.Objective;

/**
 * What one chart shows: points with a Pareto front, or curves.
 *
 * @param title first line of the title
 * @param subtitle second line: what all points share
 * @param x the cost axis
 * @param y the quality axis
 * @param series points by datapath family, in the order of the legend
 * @param front points of the front from the cheapest on, one of each set of equal points
 * @param reference the value of {@code y} without any hardware, drawn as a line
 */
public record ChartData(
    String title,
    String subtitle,
    Axis x,
    Axis y,
    List<Series> series,
    List<Point> front,
    Optional<Double> reference) {

  public ChartData {
    series = List.copyOf(series);
    front = List.copyOf(front);
  }

  /**
   * One axis.
   *
   * @param label name and unit: {@code Energy per MAC [pJ]}
   * @param scale what equal steps mean; linear if a value cannot be shown otherwise
   * @param named values of a linear axis that have a word in place of their number
   */
  public record Axis(String label, Objective.Scale scale, Map<Double, String> named) {
    public Axis {
      named = Map.copyOf(named);
    }

    /** An axis of numbers. */
    public Axis(String label, Objective.Scale scale) {
      this(label, scale, Map.of());
    }
  }

  /** What joins the points of a series, in their order. */
  public enum Line {
    NONE,
    SOLID,
    DASHED,
    /** Grey, without markers: what the others are held against. */
    REFERENCE
  }

  /**
   * Points of one datapath family, or of one curve.
   *
   * @param name in the legend; empty for none
   * @param style number of the family, so that it looks alike on every chart
   */
  public record Series(String name, int style, Line line, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    /** Points that nothing joins. */
    public Series(String name, int style, List<Point> points) {
      this(name, style, Line.NONE, points);
    }
  }

  /**
   * One design point.
   *
   * @param label short name, drawn beside points of the front
   * @param error standard error of {@code y}; 0 draws no bar
   */
  public record Point(String label, double x, double y, double error) {}
}
