package macroscope.rtl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code stat} of Yosys prints: lines of a cell and its number, and figures behind a colon.
 *
 * @param text the print
 */
record CellCounts(String text) {

  /** Cells whose type matches a pattern. */
  double matching(String type) {
    Matcher lines = Pattern.compile("(?m)^\\s+(?:" + type + ")\\s+(\\d+)$").matcher(text);
    double count = 0;
    while (lines.find()) {
      count += Double.parseDouble(lines.group(1));
    }
    return count;
  }

  /**
   * A figure by its name.
   *
   * @throws IllegalStateException if it is not there: the tool prints something else than it should
   */
  double figure(String name) {
    Matcher line = Pattern.compile("(?m)^.*" + name + ":\\s+([0-9.]+)$").matcher(text);
    if (!line.find()) {
      throw new IllegalStateException("yosys did not print " + name + ": " + text.strip());
    }
    return Double.parseDouble(line.group(1));
  }
}
