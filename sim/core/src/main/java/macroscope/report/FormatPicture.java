package macroscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.PositFormat;
import macroscope.format.RoundingMode;
import macroscope.format.TakumFormat;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A number format as a textbook draws it: its values on the number line, the positive ones by
 * magnitude, and the relative error of rounding to nearest at every magnitude.
 */
public final class FormatPicture implements Picture {

  private static final int MOST_BITS = 16;

  /** Widest that single values can be told apart. */
  private static final int SPARSE_BITS = 8;

  /** More have their peaks drawn only, one for each of these many steps. */
  private static final int MOST_VALUES = 1500;

  private static final int STEPS = 700;
  private static final int MOST_LABELS = 26;
  private static final double LINE_PART = 0.24;
  private static final double MOST_MEDIANS = 16;
  private static final double FAR_MEDIANS = 1 << 20;

  private final NumberFormat format;
  private final double[] values;
  private final double[] positive;

  /**
   * The picture of a format.
   *
   * @throws IllegalArgumentException if it has more than 16 bits, or no positive value
   */
  public FormatPicture(NumberFormat format) {
    if (format.bits() > MOST_BITS) {
      throw new IllegalArgumentException(
          format.name() + ": a picture shows formats of at most 16 bits: " + format.bits());
    }
    this.format = format;
    values =
        LongStream.range(0, 1L << format.bits())
            .filter(format::isCode)
            .mapToDouble(format::decodeDouble)
            .filter(Double::isFinite)
            .map(v -> v + 0.0)
            .distinct()
            .sorted()
            .toArray();
    positive = Arrays.stream(values).filter(v -> v > 0).toArray();
    if (positive.length == 0) {
      throw new IllegalArgumentException(format.name() + " has no positive value to draw");
    }
  }

  @Override
  public void draw(Graphics2D g2, ChartStyle style) {
    double line = Math.rint(LINE_PART * style.height());
    chart(linear(style), style, true).draw(g2, new Rectangle2D.Double(0, 0, style.width(), line));
    chart(byMagnitude(style), style, false)
        .draw(g2, new Rectangle2D.Double(0, line, style.width(), style.height() - line));
  }

  private JFreeChart chart(XYPlot plot, ChartStyle style, boolean titled) {
    JFreeChart chart =
        new JFreeChart(titled ? title() : null, style.font(Font.BOLD, 16), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(titled ? 10 : 4, 10, titled ? 2 : 10, 16));
    if (titled) {
      chart.getTitle().setPaint(style.ink());
      chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
      TextTitle subtitle = new TextTitle(subtitle(), style.font(Font.PLAIN, 12));
      subtitle.setPaint(new Color(0x555555));
      subtitle.setHorizontalAlignment(HorizontalAlignment.LEFT);
      subtitle.setPadding(1, 2, 6, 2);
      chart.setSubtitles(List.of(subtitle));
    }
    return chart;
  }

  private String title() {
    return format.name() + ": values and rounding error";
  }

  private String subtitle() {
    return String.format(
        Locale.ROOT,
        "%d bits \u00b7 %d values from %s to %s \u00b7 least positive %s",
        format.bits(),
        values.length,
        number(values[0]),
        number(values[values.length - 1]),
        number(positive[0]));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value).replaceFirst("\\.?0+($|e)", "$1");
  }

  private XYPlot linear(ChartStyle style) {
    double end = end();
    double start = Math.max(-end, Math.min(0, values[0]));
    boolean all = end == values[values.length - 1];
    NumberAxis axis = new NumberAxis(all ? "Value" : "Value; larger ones are not shown");
    double margin = 0.02 * (end - start);
    axis.setRange(start - margin, end + margin);
    dress(axis, style);
    XYPlot plot = line(values, 15, style);
    plot.setDomainAxis(axis);
    return plot;
  }

  /** The largest value; where most would fall on zero, a few times the middle one. */
  private double end() {
    double largest = values[values.length - 1];
    double most = MOST_MEDIANS * positive[positive.length / 2];
    return format.bits() <= SPARSE_BITS && largest > FAR_MEDIANS * most ? most : largest;
  }

  private CombinedDomainXYPlot byMagnitude(ChartStyle style) {
    LogAxis axis = new LogAxis("Magnitude");
    axis.setBase(2);
    axis.setRange(lowEnd(), highEnd());
    if (Math.log(highEnd() / lowEnd()) / Math.log(2) <= MOST_LABELS) {
      axis.setTickUnit(new NumberTickUnit(1));
    }
    dress(axis, style);
    CombinedDomainXYPlot both = new CombinedDomainXYPlot(axis);
    both.setGap(14);
    both.setOutlineVisible(false);
    both.add(line(positive, 15, style), 1);
    both.add(errors(style), 6);
    return both;
  }

  private double lowEnd() {
    return positive[0] / 4;
  }

  private double highEnd() {
    return 4 * positive[positive.length - 1];
  }

  /** Values as strokes beside each other. */
  private XYPlot line(double[] shown, int length, ChartStyle style) {
    XYSeries strokes = new XYSeries("values", false, true);
    Arrays.stream(shown).forEach(v -> strokes.add(v, 0));
    NumberAxis hidden = new NumberAxis();
    hidden.setRange(-1, 1);
    hidden.setVisible(false);
    boolean sparse = format.bits() <= SPARSE_BITS;
    Color colour = style.seriesStyle(0).colour();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesShape(0, new Line2D.Double(0, -length, 0, length));
    renderer.setSeriesPaint(
        0, sparse ? colour : new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60));
    renderer.setSeriesStroke(0, new BasicStroke(sparse ? 1.1f : 0.6f));
    XYPlot plot = new XYPlot(new XYSeriesCollection(strokes), null, hidden, renderer);
    dress(plot, style);
    plot.setRangeGridlinesVisible(false);
    return plot;
  }

  private XYPlot errors(ChartStyle style) {
    XYSeries curve = new XYSeries("relative error", false, true);
    addErrors(curve);
    ValueAxis axis = peaksOnly() ? logarithmic(curve) : linear();
    dress(axis, style);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setSeriesPaint(0, style.seriesStyle(1).colour());
    renderer.setSeriesStroke(0, new BasicStroke(1f));
    XYPlot plot = new XYPlot(new XYSeriesCollection(curve), null, axis, renderer);
    dress(plot, style);
    return plot;
  }

  /** Of many values, and of those whose precision varies too much for one linear axis. */
  private boolean peaksOnly() {
    return positive.length > MOST_VALUES
        || format instanceof PositFormat
        || format instanceof TakumFormat;
  }

  private NumberAxis linear() {
    NumberAxis axis = new NumberAxis("Relative error of rounding to nearest [%]");
    axis.setRange(0, 100 * Math.min(1, 2.2 * typical()));
    return axis;
  }

  private static ValueAxis logarithmic(XYSeries curve) {
    return new DecadeAxis("Largest relative error of rounding [%]", curve.getMinY(), 100, false);
  }

  /** The corners of the error: its zeros and its peaks; of many values the peaks alone. */
  private void addErrors(XYSeries curve) {
    double last = positive[positive.length - 1];
    addAll(curve, between(lowEnd(), positive[0]));
    if (!peaksOnly()) {
      IntStream.range(0, positive.length - 1)
          .forEach(i -> addAll(curve, between(positive[i], positive[i + 1])));
    } else {
      addPeaks(curve);
    }
    addAll(curve, DoubleStream.iterate(last, x -> x <= highEnd(), x -> x * 1.02));
  }

  private void addAll(XYSeries curve, DoubleStream magnitudes) {
    magnitudes
        .filter(x -> !peaksOnly() || relativeError(x) > 0)
        .forEach(x -> curve.add(x, relativeError(x)));
  }

  /** The largest error within each of equal steps of the logarithm: single peaks would alias. */
  private void addPeaks(XYSeries curve) {
    double step = Math.pow(positive[positive.length - 1] / positive[0], 1.0 / STEPS);
    double end = positive[0] * step;
    double peak = 0;
    for (int i = 0; i + 1 < positive.length; i++) {
      double middle = positive[i] + (positive[i + 1] - positive[i]) / 2;
      peak = Math.max(peak, relativeError(middle));
      if (middle >= end) {
        curve.add(middle, peak);
        peak = 0;
        end = middle * step;
      }
    }
  }

  private static DoubleStream between(double low, double high) {
    double middle = low + (high - low) / 2;
    double width = high - low;
    return DoubleStream.of(
        low, low + width / 4, Math.nextDown(middle), Math.nextUp(middle), high - width / 4);
  }

  private double relativeError(double x) {
    long code = format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    return 100 * Math.abs(format.decodeDouble(code) - x) / x;
  }

  /** Largest relative error half way up the magnitudes, where a format is at its usual precision. */
  private double typical() {
    double from = Math.sqrt(positive[0] * positive[positive.length - 1]);
    return DoubleStream.iterate(from, x -> x < 4 * from, x -> x * 1.003)
            .map(this::relativeError)
            .max()
            .orElse(100)
        / 100;
  }

  private static void dress(ValueAxis axis, ChartStyle style) {
    axis.setLabelFont(style.font(Font.PLAIN, 13));
    axis.setTickLabelFont(style.font(Font.PLAIN, 11.5));
    axis.setLabelPaint(style.ink());
    axis.setTickLabelPaint(style.ink());
    axis.setAxisLinePaint(style.ink());
    axis.setTickMarkPaint(style.ink());
  }

  private static void dress(XYPlot plot, ChartStyle style) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(style.grid());
    plot.setRangeGridlinePaint(style.grid());
    plot.setDomainGridlineStroke(style.thinStroke());
    plot.setRangeGridlineStroke(style.thinStroke());
    plot.setOutlinePaint(style.ink());
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }
}
