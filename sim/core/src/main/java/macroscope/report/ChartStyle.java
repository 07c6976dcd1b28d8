package macroscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Sizes, fonts and colours of all charts.
 *
 * @param width of a chart in pixels of the SVG
 * @param height of a chart in pixels of the SVG
 * @param pngScale pixels of the PNG for one of the SVG
 * @param fontFamily a logical font, so that every machine has it
 * @param series colour and shape of each datapath family, in the order of the legend
 * @param ink text, axes and the front
 * @param grid grid lines
 */
public record ChartStyle(
    int width,
    int height,
    int pngScale,
    String fontFamily,
    List<SeriesStyle> series,
    Color ink,
    Color grid) {

  /** How the points of one family look. */
  public record SeriesStyle(Color colour, Shape shape) {}

  public ChartStyle {
    series = List.copyOf(series);
  }

  /**
   * The colours of Okabe and Ito (2008), told apart by colour-blind readers, then greys, a violet and a brown;
   * with a shape each.
   */
  public static ChartStyle paper() {
    return new ChartStyle(
        960,
        640,
        2,
        Font.SANS_SERIF,
        List.of(
            new SeriesStyle(new Color(0x0072B2), new Ellipse2D.Double(-4.5, -4.5, 9, 9)),
            new SeriesStyle(new Color(0xD55E00), new Rectangle2D.Double(-4.2, -4.2, 8.4, 8.4)),
            new SeriesStyle(new Color(0x009E73), polygon(3, 6, -Math.PI / 2)),
            new SeriesStyle(new Color(0xCC79A7), polygon(4, 6, -Math.PI / 2)),
            new SeriesStyle(new Color(0xE69F00), polygon(3, 6, Math.PI / 2)),
            new SeriesStyle(new Color(0x56B4E9), polygon(5, 5.5, -Math.PI / 2)),
            new SeriesStyle(new Color(0x7A7A7A), polygon(6, 5.2, 0)),
            new SeriesStyle(new Color(0x5B3A8C), polygon(3, 6, 0)),
            new SeriesStyle(new Color(0x222222), polygon(4, 5.5, Math.PI / 4)),
            new SeriesStyle(new Color(0x8C510A), polygon(5, 5.5, Math.PI / 2))),
        new Color(0x222222),
        new Color(0xE3E3E3));
  }

  /** Curves that {@link #ordered} has colours for; the styles after them are for marks. */
  public static final int ORDERED = 5;

  /**
   * Five colours from dark to light for curves of an ordered parameter (viridis of Matplotlib, by Smith
   * and van der Walt), without their markers, then the colours and markers of {@link #paper} in ink
   * for what is marked on them.
   */
  public static ChartStyle ordered() {
    ChartStyle paper = paper();
    Shape dot = new Ellipse2D.Double(-2.5, -2.5, 5, 5);
    List<SeriesStyle> styles = new ArrayList<>();
    for (int colour : new int[] {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xE8B800}) {
      styles.add(new SeriesStyle(new Color(colour), dot));
    }
    paper.series.forEach(one -> styles.add(new SeriesStyle(paper.ink, one.shape())));
    return new ChartStyle(
        paper.width, paper.height, paper.pngScale, paper.fontFamily, styles, paper.ink, paper.grid);
  }

  Font font(int style, double size) {
    return new Font(fontFamily, style, 1).deriveFont((float) size);
  }

  SeriesStyle seriesStyle(int index) {
    return series.get(index % series.size());
  }

  Stroke frontStroke() {
    return new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  Stroke curveStroke(ChartData.Line line) {
    float[] dashes = line == ChartData.Line.REFERENCE ? new float[] {2f, 3f} : new float[] {6f, 4f};
    return line == ChartData.Line.SOLID
        ? frontStroke()
        : new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0f);
  }

  Stroke thinStroke() {
    return new BasicStroke(0.8f);
  }

  private static Shape polygon(int corners, double radius, double start) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = start + 2 * Math.PI * i / corners;
      double x = radius * Math.cos(angle);
      double y = radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }
}
