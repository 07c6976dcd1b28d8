package macroscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws {@link ChartData}: all points by family with error bars, the front as a stepped line, curves as
 * broken ones.
 */
final class ParetoChart {

  private static final Color REFERENCE = new Color(0x777777);

  private final ChartData data;
  private final ChartStyle style;
  private final ChartAxes axes;

  ParetoChart(ChartData data, ChartStyle style) {
    this.data = ChartAxes.drawable(data);
    this.style = style;
    this.axes = new ChartAxes(this.data, style);
  }

  JFreeChart draw() {
    XYPlot plot = new XYPlot();
    plot.setDomainAxis(axes.domain());
    plot.setRangeAxis(axes.range());
    plot.setDataset(0, frontLine());
    plot.setRenderer(0, frontRenderer());
    plot.setDataset(1, points());
    plot.setRenderer(1, pointRenderer());
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    data.reference().ifPresent(value -> plot.addRangeMarker(reference(value), Layer.BACKGROUND));
    FrontNames names = FrontNames.of(data.front());
    plot.addAnnotation(new FrontLabels(data, names, style));
    dress(plot);
    JFreeChart chart = new JFreeChart(data.title(), style.font(Font.BOLD, 16), plot, false);
    dress(chart, plot, names);
    return chart;
  }

  private XYSeriesCollection frontLine() {
    if (data.front().isEmpty()) {
      return new XYSeriesCollection();
    }
    XYSeries line = new XYSeries("Pareto front", false, true);
    data.front().forEach(point -> line.add(point.x(), point.y()));
    return new XYSeriesCollection(line);
  }

  private XYStepRenderer frontRenderer() {
    XYStepRenderer renderer = new XYStepRenderer();
    renderer.setSeriesPaint(0, style.ink());
    renderer.setSeriesStroke(0, style.frontStroke());
    renderer.setSeriesVisibleInLegend(0, !data.front().isEmpty());
    return renderer;
  }

  private XYIntervalSeriesCollection points() {
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    for (ChartData.Series series : data.series()) {
      // Two series without a name in the legend are two all the same.
      Comparable<?> key = series.name().isEmpty() ? collection.getSeriesCount() : series.name();
      XYIntervalSeries drawn = new XYIntervalSeries(key, false, true);
      for (ChartData.Point p : series.points()) {
        drawn.add(p.x(), p.x(), p.x(), p.y(), axes.lowEnd(p), p.y() + p.error());
      }
      collection.addSeries(drawn);
    }
    return collection;
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
      ChartData.Line line = data.series().get(i).line();
      renderer.setSeriesLinesVisible(i, line != ChartData.Line.NONE);
      renderer.setSeriesStroke(i, style.curveStroke(line));
      if (line == ChartData.Line.REFERENCE) {
        renderer.setSeriesPaint(i, REFERENCE);
        renderer.setSeriesShapesVisible(i, false);
        renderer.setSeriesLinesVisible(i, true);
      }
      renderer.setSeriesVisibleInLegend(i, !data.series().get(i).name().isEmpty());
    }
    return renderer;
  }

  private ValueMarker reference(double value) {
    ValueMarker marker = new ValueMarker(value);
    float[] dashes = {5f, 4f};
    marker.setStroke(
        new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, dashes, 0f));
    marker.setPaint(REFERENCE);
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

  private void dress(JFreeChart chart, XYPlot plot, FrontNames names) {
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 16));
    chart.getTitle().setPaint(style.ink());
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    TextTitle subtitle = new TextTitle(data.subtitle(), style.font(Font.PLAIN, 11.5));
    subtitle.setPaint(new Color(0x555555));
    subtitle.setHorizontalAlignment(HorizontalAlignment.LEFT);
    subtitle.setTextAlignment(HorizontalAlignment.LEFT);
    subtitle.setPadding(1, 2, 6, 2);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(style.font(Font.PLAIN, 12));
    legend.setItemPaint(style.ink());
    legend.setBackgroundPaint(Color.WHITE);
    List<Title> titles = new ArrayList<>(List.of(subtitle));
    names.key(style).ifPresent(titles::add);
    titles.add(legend);
    chart.setSubtitles(titles);
  }
}
