package macroscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import macroscope.sweep.Family;
import macroscope.sweep.Objective.Scale;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/** Draws {@link ParallelData}: designs by the colour of their family, those of a front above the others. */
final class ParallelPicture implements Picture {

  private static final double LEFT = 76;
  private static final double RIGHT = 40;
  private static final double TOP = 128;
  private static final double LEGEND_LINE = 20;
  private static final double LEGEND_FROM = 46;
  private static final int TITLE_LINES = 4;
  private static final double TITLE_LINE = 13.5;
  private static final int FAINT = 70;

  private final ParallelData data;

  ParallelPicture(ParallelData data) {
    this.data = data;
  }

  /** One axis in place; what is drawn of a value on a scale towards one is what is missing. */
  private record Place(ValueAxis axis, double x, boolean toOne, Rectangle2D area) {
    double y(double value) {
      return axis.valueToJava2D(toOne ? 1 - value : value, area, RectangleEdge.LEFT);
    }
  }

  @Override
  public void draw(Graphics2D g2, ChartStyle style) {
    // Axes put their own hint back, which must be there.
    g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g2.setPaint(Color.WHITE);
    g2.fill(new Rectangle2D.Double(0, 0, style.width(), style.height()));
    text(g2, style.font(Font.BOLD, 16), style.ink(), data.title(), 12, 28);
    text(g2, style.font(Font.PLAIN, 11.5), new Color(0x555555), data.subtitle(), 12, 47);
    List<Family> families =
        new ArrayList<>(
            new TreeSet<>(data.lines().stream().map(ParallelData.Line::family).toList()));
    double bottom = style.height() - LEGEND_FROM - legend(g2, style, families);
    Rectangle2D area =
        new Rectangle2D.Double(LEFT, TOP, style.width() - LEFT - RIGHT, bottom - TOP);
    List<Place> places = places(style, area);
    for (boolean front : new boolean[] {false, true}) {
      data.lines().stream()
          .filter(line -> line.front() == front)
          .forEach(line -> draw(g2, style, line, places));
    }
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      place.axis().draw(g2, place.x(), area, area, RectangleEdge.LEFT, null);
      title(g2, style, data.axes().get(i), place.x(), area.getWidth() / places.size());
    }
  }

  private List<Place> places(ChartStyle style, Rectangle2D area) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < data.axes().size(); i++) {
      int index = i;
      ParallelData.Axis axis = data.axes().get(i);
      double[] values =
          data.lines().stream().mapToDouble(line -> line.values().get(index)).toArray();
      Scale scale = scale(axis.objective().scale(), values);
      boolean toOne = scale == Scale.LOGARITHMIC_TO_ONE;
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        least = Math.min(least, toOne ? 1 - value : value);
        most = Math.max(most, toOne ? 1 - value : value);
      }
      ValueAxis drawn = ChartAxes.axis(style, new ChartData.Axis("", scale), least, most);
      drawn.setInverted(toOne || axis.lessIsBetter());
      double x = area.getX() + area.getWidth() * i / (data.axes().size() - 1);
      places.add(new Place(drawn, x, toOne, area));
    }
    return places;
  }

  /** Linear where a logarithm does not exist. */
  private static Scale scale(Scale wanted, double[] values) {
    for (double value : values) {
      boolean exists = wanted == Scale.LOGARITHMIC_TO_ONE ? value < 1 : value > 0;
      if (!exists) {
        return Scale.LINEAR;
      }
    }
    return wanted;
  }

  private static void draw(
      Graphics2D g2, ChartStyle style, ParallelData.Line line, List<Place> places) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < places.size(); i++) {
      double y = places.get(i).y(line.values().get(i));
      if (i == 0) {
        path.moveTo(places.get(i).x(), y);
      } else {
        path.lineTo(places.get(i).x(), y);
      }
    }
    Color colour = style.seriesStyle(line.family().ordinal()).colour();
    g2.setPaint(
        line.front()
            ? colour
            : new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT));
    g2.setStroke(
        new BasicStroke(line.front() ? 2.2f : 1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g2.draw(path);
  }

  /** Title and unit above an axis, in lines as wide as there is room. */
  private static void title(
      Graphics2D g2, ChartStyle style, ParallelData.Axis axis, double x, double room) {
    Font font = style.font(Font.PLAIN, 10.5);
    FontMetrics metrics = g2.getFontMetrics(font);
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : axis.label().split(" ")) {
      if (line.length() > 0 && metrics.stringWidth(line + " " + word) > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    List<String> shown = lines.subList(0, Math.min(lines.size(), TITLE_LINES));
    for (int i = 0; i < shown.size(); i++) {
      double left = Math.max(4, x - metrics.stringWidth(shown.get(i)) / 2.0);
      double right = style.width() - 4.0 - metrics.stringWidth(shown.get(i));
      double y = TOP - 10 - TITLE_LINE * (shown.size() - 1 - i);
      text(g2, font, style.ink(), shown.get(i), Math.min(left, right), y);
    }
  }

  /** Draws the families along the bottom; the height that they take. */
  private static double legend(Graphics2D g2, ChartStyle style, List<Family> families) {
    Font font = style.font(Font.PLAIN, 12);
    FontMetrics metrics = g2.getFontMetrics(font);
    List<List<Family>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    double x = LEFT;
    for (Family family : families) {
      double width = 40.0 + metrics.stringWidth(family.title());
      if (x + width > style.width() - RIGHT && x > LEFT) {
        rows.add(new ArrayList<>());
        x = LEFT;
      }
      rows.get(rows.size() - 1).add(family);
      x += width;
    }
    for (int row = 0; row < rows.size(); row++) {
      double y = style.height() - 16 - LEGEND_LINE * (rows.size() - 1 - row);
      double from = LEFT;
      for (Family family : rows.get(row)) {
        g2.setPaint(style.seriesStyle(family.ordinal()).colour());
        g2.fill(new Rectangle2D.Double(from, y - 6, 18, 3));
        text(g2, font, style.ink(), family.title(), from + 24, y);
        from += 40.0 + metrics.stringWidth(family.title());
      }
    }
    return LEGEND_LINE * (rows.size() - 1);
  }

  private static void text(
      Graphics2D g2, Font font, Color colour, String text, double x, double y) {
    g2.setFont(font);
    g2.setPaint(colour);
    g2.drawString(text, (float) x, (float) y);
  }
}
