package macroscope.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis whose labels can always be read.
 *
 * <p>{@link LogAxis} labels powers of ten only, so that a range within one decade has no label at all.
 * This one labels powers of ten over many decades, steps of 1, 2, 5 over few, and finer ones within
 * one; the rest are ticks without label.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  /** Space left beyond the extreme values, as a fraction of the range. */
  private static final double MARGIN = 0.06;

  private static final int FEWEST_LABELS = 4;
  private static final int MOST_DECADES_WITH_STEPS = 2;
  private static final List<List<Integer>> STEPS =
      List.of(
          List.of(1), List.of(1, 2, 5), List.of(1, 2, 3, 5), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));

  private final transient List<Integer> labelled;

  /**
   * @param least least value shown, positive
   * @param most largest value shown
   */
  DecadeAxis(String label, double least, double most) {
    super(label);
    double low = Math.log10(least);
    double high = Math.log10(most);
    double margin = Math.max(MARGIN * (high - low), 0.02);
    setRange(Math.pow(10, low - margin), Math.pow(10, high + margin));
    setMinorTickMarksVisible(true);
    setMinorTickMarkOutsideLength(3);
    setTickMarkOutsideLength(5);
    this.labelled = stepsToLabel(getLowerBound(), getUpperBound());
  }

  /** The coarsest steps that give at least {@value #FEWEST_LABELS} labels, finer over few decades. */
  private static List<Integer> stepsToLabel(double low, double high) {
    boolean few = Math.log10(high / low) <= MOST_DECADES_WITH_STEPS;
    for (List<Integer> steps : STEPS.subList(few ? 1 : 0, STEPS.size())) {
      if (values(low, high, steps).size() >= FEWEST_LABELS) {
        return steps;
      }
    }
    return STEPS.get(STEPS.size() - 1);
  }

  /** {@code step * 10^n} within low..high, ascending. */
  static List<Double> values(double low, double high, List<Integer> steps) {
    List<Double> values = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(high));
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
      for (int step : steps) {
        double value = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent).doubleValue();
        if (value >= low && value <= high) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /** The values that carry a label, ascending. */
  List<Double> labelledValues() {
    return values(getLowerBound(), getUpperBound(), labelled);
  }

  @Override
  public List<ValueTick> refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<Double> labels = labelledValues();
    List<ValueTick> ticks = new ArrayList<>();
    for (double value : values(getLowerBound(), getUpperBound(), STEPS.get(STEPS.size() - 1))) {
      boolean major = labels.contains(value);
      TickType type = major ? TickType.MAJOR : TickType.MINOR;
      String text = major ? text(value) : "";
      ticks.add(new NumberTick(type, value, text, anchor, TextAnchor.CENTER, 0));
    }
    return ticks;
  }

  /** Plain decimals from 0.001 to 9999, powers of ten beyond. */
  static String text(double value) {
    if (value >= 1e-3 && value < 1e4) {
      return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
    int exponent = (int) Math.floor(Math.log10(value) + 1e-9);
    long step = Math.round(value / Math.pow(10, exponent));
    String power = "10" + superscript(exponent);
    return step == 1 ? power : step + "\u00d7" + power;
  }

  private static String superscript(int exponent) {
    String digits = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    StringBuilder text = new StringBuilder(exponent < 0 ? "\u207b" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append(digits.charAt(digit - '0'));
    }
    return text.toString();
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
