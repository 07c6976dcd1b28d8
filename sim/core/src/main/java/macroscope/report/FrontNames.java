package macroscope.report;

import java.awt.Font;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.block.BlockContainer;
import org.jfree.chart.block.GridArrangement;
import org.jfree.chart.block.LabelBlock;
import org.jfree.chart.text.TextBlockAnchor;
import org.jfree.chart.title.CompositeTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;

/**
 * What the points of a front are called on its chart: by their labels, or by numbers that a key below the
 * chart explains, where labels would take so much of the plot that lines to them had to cross others. Of
 * a long front some are named, evenly, its ends among them; the table of the front has all.
 *
 * @param points those that are named, from the cheapest on
 */
record FrontNames(List<ChartData.Point> points) {

  private static final int MOST_POINTS = 12;

  /** Of all labels together; at 6.3 by 15 units a character they take a tenth of a plot. */
  private static final int MOST_CHARACTERS = 400;

  private static final int KEY_COLUMNS = 2;

  private static final double KEY_FONT_SIZE = 9.5;

  /** The names of a front. */
  static FrontNames of(List<ChartData.Point> front) {
    return new FrontNames(evenly(front));
  }

  /** At most so many points of a front, the first and the last among them. */
  static <T> List<T> evenly(List<T> front) {
    int last = front.size() - 1;
    if (last < MOST_POINTS) {
      return front;
    }
    return IntStream.range(0, MOST_POINTS)
        .mapToObj(i -> front.get((int) Math.round((double) i * last / (MOST_POINTS - 1))))
        .toList();
  }

  /** Whether points have numbers. */
  boolean numbered() {
    return points.stream().mapToInt(point -> point.label().length()).sum() > MOST_CHARACTERS;
  }

  /** What is written beside each point. */
  List<String> beside() {
    return IntStream.range(0, points.size())
        .mapToObj(i -> numbered() ? Integer.toString(i + 1) : points.get(i).label())
        .toList();
  }

  /** What the numbers stand for, column by column; empty if points have none. */
  Optional<Title> key(ChartStyle style) {
    if (!numbered()) {
      return Optional.empty();
    }
    int rows = (points.size() + KEY_COLUMNS - 1) / KEY_COLUMNS;
    BlockContainer cells = new BlockContainer(new GridArrangement(rows, KEY_COLUMNS));
    for (int cell = 0; cell < rows * KEY_COLUMNS; cell++) {
      int point = cell / KEY_COLUMNS + cell % KEY_COLUMNS * rows;
      String text = point < points.size() ? point + 1 + "  " + points.get(point).label() : "";
      LabelBlock block = new LabelBlock(text, style.font(Font.PLAIN, KEY_FONT_SIZE), style.ink());
      block.setPadding(0, 0, 0, 12);
      block.setTextAnchor(RectangleAnchor.LEFT);
      block.setContentAlignmentPoint(TextBlockAnchor.CENTER_LEFT);
      cells.add(block);
    }
    CompositeTitle key = new CompositeTitle(cells);
    key.setPosition(RectangleEdge.BOTTOM);
    key.setHorizontalAlignment(HorizontalAlignment.CENTER);
    return Optional.of(key);
  }
}
