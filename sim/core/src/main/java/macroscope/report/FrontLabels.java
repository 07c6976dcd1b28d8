package macroscope.report;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Dimension2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/** Names the points of a front beside them, once the axes are known. */
final class FrontLabels extends AbstractXYAnnotation {
  private static final long serialVersionUID = 1L;

  /** Half the side of the box around a marker that labels keep free. */
  private static final double MARKER = 6;

  private static final double PADDING = 3;

  /** A leader is drawn from here on; nearer labels need none. */
  private static final double LEADER_FROM = 14;

  private final transient ChartData data;
  private final transient FrontNames names;
  private final transient ChartStyle style;

  FrontLabels(ChartData data, FrontNames names, ChartStyle style) {
    this.data = data;
    this.names = names;
    this.style = style;
  }

  @Override
  public void draw(
      Graphics2D g2,
      XYPlot plot,
      Rectangle2D area,
      ValueAxis domain,
      ValueAxis range,
      int rendererIndex,
      PlotRenderingInfo info) {
    Font font = style.font(Font.PLAIN, 11.5);
    g2.setFont(font);
    Pixels pixels = new Pixels(plot, area, domain, range);
    LabelPlacement placement = new LabelPlacement(area, markers(pixels, area), frontLines(pixels));
    List<String> labels = names.beside();
    List<LabelPlacement.Place> places =
        placement.place(
            names.points().stream().map(pixels::of).toList(),
            sizes(labels, g2.getFontMetrics(font)));
    places.forEach(place -> drawLeader(g2, place));
    for (int i = 0; i < places.size(); i++) {
      drawLabel(g2, labels.get(i), places.get(i).box());
    }
  }

  /** From values to pixels. */
  private record Pixels(XYPlot plot, Rectangle2D area, ValueAxis domain, ValueAxis range) {
    Point2D of(ChartData.Point point) {
      return new Point2D.Double(
          domain.valueToJava2D(point.x(), area, plot.getDomainAxisEdge()), y(point.y()));
    }

    double y(double value) {
      double visible = Math.max(value, range.getLowerBound());
      return range.valueToJava2D(visible, area, plot.getRangeAxisEdge());
    }
  }

  private List<Rectangle2D> markers(Pixels pixels, Rectangle2D area) {
    List<Rectangle2D> boxes = new ArrayList<>();
    for (ChartData.Series series : data.series()) {
      for (ChartData.Point point : series.points()) {
        Point2D p = pixels.of(point);
        boxes.add(
            new Rectangle2D.Double(p.getX() - MARKER, p.getY() - MARKER, 2 * MARKER, 2 * MARKER));
        Rectangle2D bar = new Rectangle2D.Double();
        bar.setFrameFromDiagonal(
            p.getX() - 2,
            pixels.y(point.y() - point.error()),
            p.getX() + 2,
            pixels.y(point.y() + point.error()));
        boxes.add(bar.createIntersection(area));
      }
    }
    return boxes;
  }

  private List<Line2D> frontLines(Pixels pixels) {
    List<Line2D> lines = new ArrayList<>();
    for (int i = 1; i < data.front().size(); i++) {
      Point2D from = pixels.of(data.front().get(i - 1));
      Point2D to = pixels.of(data.front().get(i));
      Point2D corner = new Point2D.Double(to.getX(), from.getY());
      lines.add(new Line2D.Double(from, corner));
      lines.add(new Line2D.Double(corner, to));
    }
    return lines;
  }

  private static List<Dimension2D> sizes(List<String> labels, FontMetrics metrics) {
    return labels.stream()
        .<Dimension2D>map(
            label -> {
              Dimension size = new Dimension();
              size.setSize(metrics.stringWidth(label) + 2 * PADDING, metrics.getHeight() + 1.0);
              return size;
            })
        .toList();
  }

  /** From the edge of the marker to the label. */
  private void drawLeader(Graphics2D g2, LabelPlacement.Place place) {
    Point2D from = place.point();
    Point2D to = place.nearest();
    double length = from.distance(to);
    if (length < LEADER_FROM) {
      return;
    }
    double t = MARKER / length;
    Point2D edge =
        new Point2D.Double(
            from.getX() + t * (to.getX() - from.getX()),
            from.getY() + t * (to.getY() - from.getY()));
    g2.setPaint(style.ink());
    g2.setStroke(style.thinStroke());
    g2.draw(new Line2D.Double(edge, to));
  }

  private void drawLabel(Graphics2D g2, String label, Rectangle2D box) {
    g2.setPaint(new Color(255, 255, 255, 215));
    g2.fill(box);
    g2.setPaint(style.ink());
    FontMetrics metrics = g2.getFontMetrics();
    double baseline = box.getCenterY() + (metrics.getAscent() - metrics.getDescent()) / 2.0;
    g2.drawString(label, (float) (box.getX() + PADDING), (float) baseline);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
