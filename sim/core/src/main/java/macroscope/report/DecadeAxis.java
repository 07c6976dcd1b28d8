package macroscope.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

/**
 * A logarithmic axis whose labels can always be read.
 *
 * <p>{@link LogAxis} labels powers of ten only, so that a range within one decade has no label at all.
 * This one labels powers of ten over many decades, steps of 1, 2, 5 over few, and finer ones within
 * one; the rest of the digits are ticks without label.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  /** Space left beyond the extreme values, as a fraction of the range. */
  private static final double MARGIN = 0.06;

  private static final int FEWEST_LABELS = 4;
  private static final int EVEN_LABELS = 9;
  private static final int MOST_DECADES_WITH_STEPS = 2;
  private static final List<List<Integer>> STEPS =
      List.of(
          List.of(1), List.of(1, 2, 5), List.of(1, 2, 3, 5), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));

  private final transient List<BigDecimal> labelled;
  private final boolean toOne;

  /**
   * @param least least value shown, positive
   * @param most largest value shown
   * @param toOne whether values are what is missing to 1; labels show the rest, larger ones above
   */
  DecadeAxis(String label, double least, double most, boolean toOne) {
    super(label);
    this.toOne = toOne;
    setInverted(toOne);
    double low = Math.log10(least);
    double high = Math.log10(most);
    double margin = Math.max(MARGIN * (high - low), 0.02);
    setRange(Math.pow(10, low - margin), Math.pow(10, high + margin));
    setMinorTickMarksVisible(true);
    setMinorTickMarkOutsideLength(3);
    setTickMarkOutsideLength(5);
    this.labelled = labels(getLowerBound(), getUpperBound());
  }

  /** The coarsest steps that give at least {@value #FEWEST_LABELS} labels, finer over few decades. */
  private static List<BigDecimal> labels(double low, double high) {
    boolean few = Math.log10(high / low) <= MOST_DECADES_WITH_STEPS;
    for (List<Integer> steps : STEPS.subList(few ? 1 : 0, STEPS.size())) {
      List<BigDecimal> values = values(low, high, steps);
      if (values.size() >= FEWEST_LABELS) {
        return values;
      }
    }
    return evenly(low, high);
  }

  /** Round numbers at equal distances: over less than a decade that is even enough to the eye. */
  static List<BigDecimal> evenly(double low, double high) {
    double wanted = (high - low) / EVEN_LABELS;
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(wanted)));
    BigDecimal step = power;
    for (int factor : new int[] {1, 2, 5, 10}) {
      step = power.multiply(BigDecimal.valueOf(factor));
      if (step.doubleValue() >= wanted) {
        break;
      }
    }
    List<BigDecimal> values = new ArrayList<>();
    BigDecimal value = new BigDecimal(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
    for (; value.doubleValue() <= high; value = value.add(step)) {
      values.add(value);
    }
    return values;
  }

  /** {@code step * 10^n} within low..high, ascending. */
  static List<BigDecimal> values(double low, double high, List<Integer> steps) {
    List<BigDecimal> values = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(high));
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
      for (int step : steps) {
        BigDecimal value = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
        if (value.doubleValue() >= low && value.doubleValue() <= high) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /** The values that carry a label, ascending. */
  List<BigDecimal> labelledValues() {
    return labelled;
  }

  @Override
  public List<ValueTick> refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<ValueTick> ticks = new ArrayList<>();
    for (BigDecimal v : values(getLowerBound(), getUpperBound(), STEPS.get(STEPS.size() - 1))) {
      ticks.add(new NumberTick(TickType.MINOR, v.doubleValue(), "", anchor, TextAnchor.CENTER, 0));
    }
    for (BigDecimal v : labelled) {
      ticks.add(
          new NumberTick(TickType.MAJOR, v.doubleValue(), label(v), anchor, TextAnchor.CENTER, 0));
    }
    return ticks;
  }

  private String label(BigDecimal value) {
    return text(toOne ? BigDecimal.ONE.subtract(value) : value);
  }

  /** Plain decimals from 0.001 up to a million, powers of ten beyond. */
  static String text(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (stripped.signum() == 0 || (exponent >= -3 && exponent < 3)) {
      return stripped.toPlainString();
    }
    if (exponent >= 3 && exponent < 6) {
      return String.format(Locale.ROOT, "%,d", stripped.toBigInteger());
    }
    String step = stripped.scaleByPowerOfTen(-exponent).toPlainString();
    String power = "10" + superscript(exponent);
    return step.equals("1") ? power : step + "\u00d7" + power;
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
