package macroscope.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The hypervolume of a front of two objectives: the part of a box that at least one of its points
 * dominates (E. Zitzler, L. Thiele, "Multiobjective optimization using evolutionary algorithms: a
 * comparative case study", PPSN V, LNCS 1498, 1998, section 3, "size of the space covered").
 *
 * <p>It depends on scales and on the box, so both belong to it. Each objective is taken on the scale of
 * its axis: the decimal logarithm where that is logarithmic and all values are positive, that of 1 - x
 * where the axis goes towards one and all are below one, else the value itself. The box reaches from the
 * best values of all points that are compared to the reference point, which lies a tenth of their range
 * beyond the worst ones, so that points at the ends of a front count as well (H. Ishibuchi, R. Imada,
 * Y. Setoguchi, Y. Nojima, "How to specify a reference point in hypervolume calculation for fair performance
 * comparison", Evolutionary Computation 26(3), 2018). Hypervolumes are comparable if their boxes are the
 * same: those of two runs have to be taken over the points of both.
 *
 * @param fraction of the box that is dominated, from 0 to 1
 */
public record Hypervolume(double fraction, Side cost, Side quality) {

  /** How far the reference lies beyond the worst value, in ranges. */
  private static final double MARGIN = 0.1;

  /** The scale that an objective is taken on. */
  public enum Scale {
    LINEAR(x -> x, x -> x),
    LOG10(Math::log10, x -> Math.pow(10, x)),
    LOG10_TO_ONE(x -> Math.log10(1 - x), x -> 1 - Math.pow(10, x));

    private final UnaryOperator<Double> to;
    private final UnaryOperator<Double> from;

    Scale(UnaryOperator<Double> to, UnaryOperator<Double> from) {
      this.to = to;
      this.from = from;
    }
  }

  /** A value of both objectives. */
  public record Point(double cost, double quality) {}

  /**
   * One side of the box.
   *
   * @param best value of all points, in the unit of the objective
   * @param reference value of the reference point, in that unit
   */
  public record Side(Scale scale, double best, double reference) {}

  /** One objective while it is computed: what is scaled and turned so that less is better. */
  private record Axis(Scale scale, int sign, double best, double reference) {

    static Axis of(Objective objective, double[] values) {
      Scale scale = scale(objective, values);
      // A logarithm of what is missing to one falls as the value rises.
      int sign = objective.direction() == Direction.MINIMISE ? 1 : -1;
      int turned = scale == Scale.LOG10_TO_ONE ? -sign : sign;
      double best = Double.POSITIVE_INFINITY;
      double worst = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        double canonical = turned * scale.to.apply(value);
        best = Math.min(best, canonical);
        worst = Math.max(worst, canonical);
      }
      double range = worst > best ? worst - best : 1;
      return new Axis(scale, turned, best, worst + MARGIN * range);
    }

    private static Scale scale(Objective objective, double[] values) {
      boolean positive = true;
      boolean belowOne = true;
      for (double value : values) {
        positive &= value > 0;
        belowOne &= value < 1;
      }
      return switch (objective.scale()) {
        case LINEAR -> Scale.LINEAR;
        case LOGARITHMIC, BINARY -> positive ? Scale.LOG10 : Scale.LINEAR;
        case LOGARITHMIC_TO_ONE -> belowOne ? Scale.LOG10_TO_ONE : Scale.LINEAR;
      };
    }

    /** 0 at the best value, 1 at the reference. */
    double part(double value) {
      return (sign * scale.to.apply(value) - best) / (reference - best);
    }

    Side side() {
      return new Side(scale, scale.from.apply(sign * best), scale.from.apply(sign * reference));
    }
  }

  private record Corner(double x, double y) {}

  /**
   * The hypervolume of some points in the box of more.
   *
   * @param front points of the front; others among them change nothing
   * @param compared what the box holds, those of the front included; at least one
   */
  public static Hypervolume of(
      Objective cost, Objective quality, List<Point> front, List<Point> compared) {
    Axis x = Axis.of(cost, compared.stream().mapToDouble(Point::cost).toArray());
    Axis y = Axis.of(quality, compared.stream().mapToDouble(Point::quality).toArray());
    List<Corner> corners = new ArrayList<>();
    front.forEach(p -> corners.add(new Corner(x.part(p.cost()), y.part(p.quality()))));
    corners.sort(Comparator.comparingDouble(Corner::x).thenComparingDouble(Corner::y));
    double covered = 0;
    double lowest = 1;
    for (Corner corner : corners) {
      covered += Math.max(0, 1 - corner.x()) * Math.max(0, lowest - corner.y());
      lowest = Math.min(lowest, corner.y());
    }
    return new Hypervolume(covered, x.side(), y.side());
  }

  /** The hypervolume of a front in the box of its competitors; at least one. */
  public static Hypervolume of(FrontResult result) {
    FrontRequest request = result.request();
    return of(
        request.cost(),
        request.quality(),
        result.front().members().stream().map(m -> point(request, m.first())).toList(),
        result.competitors().stream().map(e -> point(request, e)).toList());
  }

  private static Point point(FrontRequest request, Evaluation evaluation) {
    return new Point(
        request.cost().value().apply(evaluation).orElseThrow().value(),
        request.quality().value().apply(evaluation).orElseThrow().value());
  }
}
