package macroscope.machine;

import java.util.Arrays;

/**
 * One tile of a systolic array, unit by unit: a unit starts a pass when both operands of the pass are
 * there and the interval since its last start is over, and finishes it after its latency. It knows no
 * formula of the whole.
 */
final class SteppedArray {

  private final int rows;
  private final int columns;
  private final int interval;
  private final int latency;

  SteppedArray(int rows, int columns, UnitShape unit) {
    this.rows = rows;
    this.columns = columns;
    this.interval = unit.pipeline().initiationInterval();
    this.latency = unit.pipeline().latency();
  }

  /**
   * Cycles of a tile in which each unit does so many passes on operands from left and above, stepped
   * cycle by cycle: a unit sees what its neighbours handed over in the cycle before.
   */
  long outputStationary(int passes) {
    // Pass that each unit has seen arrive from the left and from above; -1 before the first.
    int[][] left = filled(-1);
    int[][] above = filled(-1);
    int[][] done = filled(0);
    long[][] free = new long[rows][columns];
    long last = 0;
    for (long cycle = 0; left(done, passes); cycle++) {
      int[][] nextLeft = copy(left);
      int[][] nextAbove = copy(above);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int fromLeft = c == 0 ? fed(cycle, r, passes) : left[r][c];
          int fromAbove = r == 0 ? fed(cycle, c, passes) : above[r][c];
          if (c + 1 < columns) {
            nextLeft[r][c + 1] = fromLeft;
          }
          if (r + 1 < rows) {
            nextAbove[r + 1][c] = fromAbove;
          }
          boolean ready = Math.min(fromLeft, fromAbove) >= done[r][c] && cycle >= free[r][c];
          if (ready && done[r][c] < passes) {
            done[r][c]++;
            free[r][c] = cycle + interval;
            last = Math.max(last, cycle + latency);
          }
        }
      }
      left = nextLeft;
      above = nextAbove;
    }
    return last;
  }

  /** The pass whose operand stands at an edge that is fed {@code skew} cycles later than the first. */
  private int fed(long cycle, int skew, int passes) {
    return cycle < skew ? -1 : (int) Math.min(passes - 1, (cycle - skew) / interval);
  }

  /**
   * Cycles of a tile whose operands are loaded row by row and whose sums then move down, from the
   * start of each pass in each unit.
   */
  long sumsMoveDown(int sums) {
    long load = rows;
    long[][] ready = new long[rows][columns];
    long last = 0;
    for (int sum = 0; sum < sums; sum++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          // The operand enters row r when the first column's sum gets there, then moves right.
          long operand = c == 0 ? 0 : ready[r][c - 1] - interval + 1;
          long fromAbove = r == 0 ? load : ready[r - 1][c] - interval + latency;
          long start = Math.max(Math.max(operand, fromAbove), sum == 0 ? 0 : ready[r][c]);
          ready[r][c] = start + interval;
          last = Math.max(last, start + latency);
        }
      }
    }
    return last;
  }

  private static boolean left(int[][] done, int passes) {
    return Arrays.stream(done).flatMapToInt(Arrays::stream).anyMatch(d -> d < passes);
  }

  private int[][] filled(int value) {
    int[][] filled = new int[rows][columns];
    Arrays.stream(filled).forEach(row -> Arrays.fill(row, value));
    return filled;
  }

  private static int[][] copy(int[][] source) {
    return Arrays.stream(source).map(int[]::clone).toArray(int[][]::new);
  }
}
