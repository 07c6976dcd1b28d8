package macroscope.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with a label at every power of two. */
final class BinaryAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  /** Space beyond the extreme values, in powers of two. */
  private static final double MARGIN = 0.4;

  /**
   * @param least least value shown, positive
   * @param most largest value shown
   */
  BinaryAxis(String label, double least, double most) {
    super(label);
    setBase(2);
    double margin = Math.pow(2, MARGIN);
    setRange(least / margin, most * margin);
    setTickMarkOutsideLength(5);
  }

  @Override
  public List<ValueTick> refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<ValueTick> ticks = new ArrayList<>();
    for (int e = Math.getExponent(getLowerBound()); Math.scalb(1.0, e) <= getUpperBound(); e++) {
      double value = Math.scalb(1.0, e);
      if (value >= getLowerBound()) {
        String text = e < 0 ? "1/" + (1L << -e) : String.format(Locale.ROOT, "%,d", 1L << e);
        ticks.add(new NumberTick(TickType.MAJOR, value, text, anchor, TextAnchor.CENTER, 0));
      }
    }
    return ticks;
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
