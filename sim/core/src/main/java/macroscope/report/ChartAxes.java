package macroscope.report;

import java.awt.Font;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import macroscope.sweep.Objective.Scale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;

/** The axes of a chart: their scales, and ranges that hold all points with their error bars. */
final class ChartAxes {

  /** Half a decade: a bar that reaches zero or below has no end on a logarithmic axis. */
  private static final double LONGEST_BAR = 3.16;

  private static final double MARGIN = 0.06;

  /** Words that fit side by side; more stand on end. */
  private static final int UPRIGHT = 8;

  private final ChartData data;
  private final ChartStyle style;

  /**
   * @param data as {@link #drawable} returns it
   */
  ChartAxes(ChartData data, ChartStyle style) {
    this.data = data;
    this.style = style;
  }

  /**
   * The data with values as they are drawn: what is missing to 1 on a scale towards one, and a linear
   * scale where a logarithm does not exist.
   */
  static ChartData drawable(ChartData data) {
    ChartData turned =
        data.y().scale() == Scale.LOGARITHMIC_TO_ONE
            ? withY(data, data.y().scale(), y -> 1 - y)
            : data;
    boolean positiveY =
        points(turned).allMatch(p -> p.y() > 0) && turned.reference().orElse(1.0) > 0;
    ChartData right = positiveY ? turned : withY(data, Scale.LINEAR, UnaryOperator.identity());
    boolean positiveX = points(data).allMatch(p -> p.x() > 0);
    return positiveX ? right : withLinearX(right);
  }

  private static ChartData withY(ChartData data, Scale scale, UnaryOperator<Double> turn) {
    UnaryOperator<List<ChartData.Point>> turnAll =
        points ->
            points.stream()
                .map(p -> new ChartData.Point(p.label(), p.x(), turn.apply(p.y()), p.error()))
                .toList();
    return new ChartData(
        data.title(),
        data.subtitle(),
        data.x(),
        new ChartData.Axis(data.y().label(), scale),
        data.series().stream()
            .map(
                s -> new ChartData.Series(s.name(), s.style(), s.line(), turnAll.apply(s.points())))
            .toList(),
        turnAll.apply(data.front()),
        data.reference().map(turn));
  }

  private static ChartData withLinearX(ChartData data) {
    ChartData.Axis x = new ChartData.Axis(data.x().label(), Scale.LINEAR);
    return new ChartData(
        data.title(), data.subtitle(), x, data.y(), data.series(), data.front(), data.reference());
  }

  private static Stream<ChartData.Point> points(ChartData data) {
    return data.series().stream().flatMap(series -> series.points().stream());
  }

  /** The horizontal axis. */
  ValueAxis domain() {
    ValueAxis axis = axis(data.x(), least(ChartData.Point::x), most(ChartData.Point::x));
    if (points(data).allMatch(p -> p.x() == Math.rint(p.x()))) {
      axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    }
    return axis;
  }

  /** The vertical axis; it also holds the reference. */
  ValueAxis range() {
    double least = least(this::lowEnd);
    double most = most(point -> point.y() + point.error());
    return axis(
        data.y(),
        Math.min(least, data.reference().orElse(least)),
        Math.max(most, data.reference().orElse(most)));
  }

  /** The lower end of an error bar; on a logarithmic axis no bar is longer than half a decade. */
  double lowEnd(ChartData.Point point) {
    double low = point.y() - point.error();
    return data.y().scale() == Scale.LINEAR ? low : Math.max(low, point.y() / LONGEST_BAR);
  }

  private double least(ToDoubleFunction<ChartData.Point> value) {
    return points(data).mapToDouble(value).min().orElseThrow();
  }

  private double most(ToDoubleFunction<ChartData.Point> value) {
    return points(data).mapToDouble(value).max().orElseThrow();
  }

  private ValueAxis axis(ChartData.Axis axis, double least, double most) {
    return axis(style, axis, least, most);
  }

  /**
   * An axis that holds two values; on a scale towards one they are what is missing to it.
   */
  static ValueAxis axis(ChartStyle style, ChartData.Axis axis, double least, double most) {
    ValueAxis drawn =
        switch (axis.scale()) {
          case LINEAR -> linear(axis, least, most);
          case BINARY -> new BinaryAxis(axis.label(), least, most);
          case LOGARITHMIC -> new DecadeAxis(axis.label(), least, most, false);
          case LOGARITHMIC_TO_ONE -> new DecadeAxis(axis.label(), least, most, true);
        };
    drawn.setLabelFont(style.font(Font.PLAIN, 13.5));
    drawn.setTickLabelFont(style.font(Font.PLAIN, 12));
    drawn.setLabelPaint(style.ink());
    drawn.setTickLabelPaint(style.ink());
    drawn.setAxisLinePaint(style.ink());
    drawn.setTickMarkPaint(style.ink());
    return drawn;
  }

  private static NumberAxis linear(ChartData.Axis data, double least, double most) {
    NumberAxis axis = new NumberAxis(data.label());
    if (!data.named().isEmpty()) {
      axis.setTickUnit(new NumberTickUnit(1, new TickWords(data.named())));
      axis.setVerticalTickLabels(data.named().size() > UPRIGHT);
    }
    double margin = Math.max(MARGIN * (most - least), 1e-9 + 1e-3 * Math.abs(most));
    axis.setRange(least - margin, most + margin);
    return axis;
  }
}
