package macroscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws {@link ChartData}: all points by family with error bars, and the front as a stepped line. */
final class ParetoChart {

  /** Half a decade: a bar that reaches zero or below has no end on a logarithmic axis. */
  private static final double LONGEST_BAR = 3.16;

  private final ChartData data;
  private final ChartStyle style;

  ParetoChart(ChartData data, ChartStyle style) {
    this.data = data;
    this.style = style;
  }

  JFreeChart draw() {
    XYPlot plot = new XYPlot();
    plot.setDomainAxis(axis(data.x(), ChartData.Point::x, point -> 0));
    plot.setRangeAxis(axis(data.y(), ChartData.Point::y, ChartData.Point::error));
    plot.setDataset(0, frontLine());
    plot.setRenderer(0, frontRenderer());
    plot.setDataset(1, points());
    plot.setRenderer(1, pointRenderer());
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    data.reference().ifPresent(value -> plot.addRangeMarker(reference(value), Layer.BACKGROUND));
    plot.addAnnotation(new FrontLabels(data, style));
    dress(plot);
    JFreeChart chart = new JFreeChart(data.title(), style.font(Font.BOLD, 16), plot, false);
    dress(chart, plot);
    return chart;
  }

  private Stream<ChartData.Point> all() {
    return data.series().stream().flatMap(series -> series.points().stream());
  }

  private ValueAxis axis(
      ChartData.Axis axis,
      ToDoubleFunction<ChartData.Point> value,
      ToDoubleFunction<ChartData.Point> error) {
    boolean isRange = axis == data.y();
    double least =
        all()
            .mapToDouble(p -> lowEnd(value.applyAsDouble(p), error.applyAsDouble(p), axis))
            .min()
            .orElseThrow();
    double most =
        all().mapToDouble(p -> value.applyAsDouble(p) + error.applyAsDouble(p)).max().orElseThrow();
    if (isRange && data.reference().isPresent()) {
      least = Math.min(least, data.reference().get());
      most = Math.max(most, data.reference().get());
    }
    ValueAxis drawn =
        axis.logarithmic() && least > 0
            ? new DecadeAxis(axis.label(), least, most)
            : linear(axis.label(), least, most);
    drawn.setLabelFont(style.font(Font.PLAIN, 13.5));
    drawn.setTickLabelFont(style.font(Font.PLAIN, 12));
    drawn.setLabelPaint(style.ink());
    drawn.setTickLabelPaint(style.ink());
    drawn.setAxisLinePaint(style.ink());
    drawn.setTickMarkPaint(style.ink());
    return drawn;
  }

  private static NumberAxis linear(String label, double least, double most) {
    NumberAxis axis = new NumberAxis(label);
    double margin = Math.max(0.06 * (most - least), 1e-9 + 1e-3 * Math.abs(most));
    axis.setRange(least - margin, most + margin);
    return axis;
  }

  private XYSeriesCollection frontLine() {
    XYSeries line = new XYSeries("Pareto front", false, true);
    data.front().forEach(point -> line.add(point.x(), point.y()));
    return new XYSeriesCollection(line);
  }

  private XYStepRenderer frontRenderer() {
    XYStepRenderer renderer = new XYStepRenderer();
    renderer.setSeriesPaint(0, style.ink());
    renderer.setSeriesStroke(0, style.frontStroke());
    return renderer;
  }

  private XYIntervalSeriesCollection points() {
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    for (ChartData.Series series : data.series()) {
      XYIntervalSeries drawn = new XYIntervalSeries(series.name(), false, true);
      for (ChartData.Point p : series.points()) {
        drawn.add(
            p.x(), p.x(), p.x(), p.y(), lowEnd(p.y(), p.error(), data.y()), p.y() + p.error());
      }
      collection.addSeries(drawn);
    }
    return collection;
  }

  /** The lower end of an error bar; on a logarithmic axis no bar is longer than half a decade. */
  private static double lowEnd(double value, double error, ChartData.Axis axis) {
    return axis.logarithmic() ? Math.max(value - error, value / LONGEST_BAR) : value - error;
  }

  private XYErrorRenderer pointRenderer() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDrawYError(true);
    renderer.setCapLength(3);
    renderer.setErrorStroke(style.thinStroke());
    renderer.setDrawOutlines(true);
    renderer.setUseOutlinePaint(true);
    renderer.setDefaultOutlinePaint(Color.WHITE);
    renderer.setDefaultOutlineStroke(new BasicStroke(0.7f));
    renderer.setAutoPopulateSeriesOutlinePaint(false);
    renderer.setAutoPopulateSeriesOutlineStroke(false);
    for (int i = 0; i < data.series().size(); i++) {
      ChartStyle.SeriesStyle look = style.seriesStyle(data.series().get(i).style());
      renderer.setSeriesPaint(i, look.colour());
      renderer.setSeriesShape(i, look.shape());
    }
    return renderer;
  }

  private ValueMarker reference(double value) {
    ValueMarker marker = new ValueMarker(value);
    float[] dashes = {5f, 4f};
    marker.setStroke(
        new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, dashes, 0f));
    marker.setPaint(new Color(0x777777));
    return marker;
  }

  private void dress(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(style.grid());
    plot.setRangeGridlinePaint(style.grid());
    plot.setDomainGridlineStroke(style.thinStroke());
    plot.setRangeGridlineStroke(style.thinStroke());
    plot.setOutlinePaint(style.ink());
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  private void dress(JFreeChart chart, XYPlot plot) {
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 16));
    chart.getTitle().setPaint(style.ink());
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    TextTitle subtitle = new TextTitle(data.subtitle(), style.font(Font.PLAIN, 12));
    subtitle.setPaint(new Color(0x555555));
    subtitle.setHorizontalAlignment(HorizontalAlignment.LEFT);
    subtitle.setPadding(1, 2, 6, 2);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(style.font(Font.PLAIN, 12));
    legend.setItemPaint(style.ink());
    legend.setBackgroundPaint(Color.WHITE);
    chart.setSubtitles(List.of(subtitle, legend));
  }
}
