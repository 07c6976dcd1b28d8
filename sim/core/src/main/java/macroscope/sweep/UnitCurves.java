package macroscope.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Inventory;
import macroscope.hardware.Widths;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Units beside each other along one of their parameters: operations a cycle for each area, and energy
 * for each operation, as their bills of materials cost. No network runs. A multiply-accumulate is two
 * operations.
 *
 * @param name of the run and of its folder
 * @param title first line of all charts
 * @param technologies whose prices are used
 * @param charts what is compared
 */
public record UnitCurves(
    String name, String title, List<TechnologyNode> technologies, List<Chart> charts) {

  public UnitCurves {
    technologies = List.copyOf(technologies);
    charts = List.copyOf(charts);
  }

  /**
   * An array that units stand in, which decides how many of them share a part.
   *
   * @param rows units that get the same right operand
   * @param columns units that get the same left operand
   */
  public record Array(int rows, int columns) {
    public Array {
      Widths.positive("rows", rows);
      Widths.positive("columns", columns);
    }
  }

  /**
   * Curves over one axis; the first is what the others are judged against.
   *
   * @param name of its files
   * @param title what is compared
   * @param axis what the values are, with a unit if they have one
   * @param values along the axis
   * @param array that units stand in
   */
  public record Chart(
      String name,
      String title,
      String axis,
      List<Integer> values,
      Array array,
      List<Curve> curves) {
    public Chart {
      values = List.copyOf(values);
      curves = List.copyOf(curves);
    }
  }

  /**
   * One design.
   *
   * @param units one for each value of the axis
   */
  public record Curve(String name, List<UnitSpec> units) {
    public Curve {
      units = List.copyOf(units);
    }
  }

  /**
   * A unit at a value of the axis.
   *
   * @param length products of a pass
   * @param cycles of a pass
   * @param area of the unit
   * @param energy of a pass
   */
  public record Point(
      Chart chart,
      TechnologyNode technology,
      Curve curve,
      int value,
      UnitSpec unit,
      int length,
      int cycles,
      CostReport area,
      CostReport energy) {

    /** Operations of a pass. */
    public int operations() {
      return 2 * length;
    }

    /** Operations a cycle and a unit of area. */
    public double density() {
      return (double) operations() / cycles / area.total();
    }

    /** Picojoules. */
    public double energyPerOperation() {
      return energy.total() / operations();
    }
  }

  /** What is better of two values. */
  public enum Merit {
    DENSITY(Point::density, (a, b) -> a > b),
    ENERGY(Point::energyPerOperation, (a, b) -> a < b);

    private final ToDoubleFunction<Point> value;
    private final BiPredicate<Double, Double> better;

    Merit(ToDoubleFunction<Point> value, BiPredicate<Double, Double> better) {
      this.value = value;
      this.better = better;
    }

    /** Its number for a point. */
    public double of(Point point) {
      return value.applyAsDouble(point);
    }

    boolean better(Point a, Point b) {
      return better.test(of(a), of(b));
    }
  }

  /**
   * What a curve shows in one technology.
   *
   * @param bestAt value of the axis where the curve is best
   * @param aheadAt values where it is better than the first curve of its chart
   */
  public record Finding(
      Chart chart,
      TechnologyNode technology,
      Curve curve,
      Merit merit,
      int bestAt,
      List<Integer> aheadAt) {
    public Finding {
      aheadAt = List.copyOf(aheadAt);
    }
  }

  /**
   * Every unit of every chart, by chart, technology and curve, along the axis.
   *
   * @throws macroscope.cost.MissingPriceException if a technology does not price a part
   */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Chart chart : charts) {
      for (TechnologyNode technology : technologies) {
        for (Curve curve : chart.curves()) {
          points.addAll(points(chart, technology, curve));
        }
      }
    }
    return points;
  }

  private static List<Point> points(Chart chart, TechnologyNode technology, Curve curve) {
    CostModel model = new CostModel(technology);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < chart.values().size(); i++) {
      UnitSpec spec = curve.units().get(i);
      DotProductUnit<?> unit = Units.create(spec);
      Inventory parts = unit.inventory().inArray(chart.array().columns(), chart.array().rows());
      points.add(
          new Point(
              chart,
              technology,
              curve,
              chart.values().get(i),
              spec,
              unit.length(),
              unit.pipeline().initiationInterval(),
              model.area(parts),
              model.energyPerPass(parts)));
    }
    return points;
  }

  /** What the points show, in their order. */
  public static List<Finding> findings(List<Point> points) {
    List<Finding> findings = new ArrayList<>();
    for (int from = 0; from < points.size(); ) {
      Point first = points.get(from);
      int length = first.chart().values().size();
      int curve = first.chart().curves().indexOf(first.curve());
      List<Point> own = points.subList(from, from + length);
      List<Point> against = points.subList(from - curve * length, from - curve * length + length);
      for (Merit merit : Merit.values()) {
        findings.add(finding(merit, own, against));
      }
      from += length;
    }
    return findings;
  }

  private static Finding finding(Merit merit, List<Point> own, List<Point> against) {
    Comparator<Point> worstFirst = (a, b) -> merit.better(a, b) ? 1 : merit.better(b, a) ? -1 : 0;
    List<Integer> ahead = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      if (merit.better(own.get(i), against.get(i))) {
        ahead.add(own.get(i).value());
      }
    }
    Point best = own.stream().max(worstFirst).orElseThrow();
    return new Finding(best.chart(), best.technology(), best.curve(), merit, best.value(), ahead);
  }
}
