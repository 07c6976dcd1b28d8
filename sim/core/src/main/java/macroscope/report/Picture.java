package macroscope.report;

import java.awt.Graphics2D;

/** What can be drawn in the size that a style has. */
public interface Picture {

  /** Draws it, from the origin on. */
  void draw(Graphics2D g2, ChartStyle style);
}
