package macroscope.unit;

/**
 * The pattern reuse table of an SRAM array: the words that were read last, by their addresses. It is
 * cleared with each table; the word least recently used makes way.
 */
final class PatternReuse {

  private final int[] patterns;
  private int kept;

  /** A table of so many words, possibly none. */
  PatternReuse(int words) {
    patterns = new int[words];
  }

  void clear() {
    kept = 0;
  }

  /** Whether the word of a pattern was there; it is there now, the one used last. */
  boolean finds(int pattern) {
    int at = 0;
    while (at < kept && patterns[at] != pattern) {
      at++;
    }
    boolean found = at < kept;
    if (!found && kept < patterns.length) {
      kept++;
    }
    int from = Math.min(at, kept - 1);
    if (from >= 0) {
      System.arraycopy(patterns, 0, patterns, 1, from);
      patterns[0] = pattern;
    }
    return found;
  }

  /**
   * Counts the lookups of tables {@code from..to-1} in one array: table after table, by batches of rows,
   * of each row plane after plane, the least first.
   *
   * @param planes the activations
   */
  static LookupCounts count(SramTableSpec spec, BitSerialOperand.Planes planes, int from, int to) {
    PatternReuse words = new PatternReuse(spec.reuse());
    long empty = 0;
    long reused = 0;
    long batches = (planes.rows() + spec.batch() - 1) / spec.batch();
    for (int table = from; table < to; table++) {
      for (int row = 0; row < planes.rows(); row++) {
        if (row % spec.batch() == 0) {
          words.clear();
        }
        for (int plane = 0; plane < spec.planes(); plane++) {
          int at = (row * spec.planes() + plane) * planes.groups() + table;
          int pattern = planes.indices()[at] & 0xFF;
          if (pattern == 0) {
            empty++;
          } else if (words.finds(pattern)) {
            reused++;
          }
        }
      }
    }
    long tables = to - from;
    return new LookupCounts(
        tables * planes.rows() / spec.tables(),
        tables * planes.rows() * spec.planes(),
        empty,
        reused,
        batches * tables * spec.storedWords());
  }
}
