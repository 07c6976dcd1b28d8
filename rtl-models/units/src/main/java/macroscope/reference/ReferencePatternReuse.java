package macroscope.reference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.unit.LookupCounts;
import macroscope.unit.SramTableSpec;

/**
 * The readable twin of what an SRAM array of tables does: each pattern is written out bit by bit from the
 * activations, and the words that were read last are a list of patterns, the latest first.
 */
public final class ReferencePatternReuse {

  private final SramTableSpec spec;
  private final Deque<List<Long>> words = new ArrayDeque<>();
  private LookupCounts counts = new LookupCounts(0, 0, 0, 0, 0);

  private ReferencePatternReuse(SramTableSpec spec) {
    this.spec = spec;
  }

  /**
   * The counts of one array.
   *
   * @param activations rows of integers, of one length, which is padded with zeros to whole passes
   */
  public static LookupCounts count(SramTableSpec spec, List<long[]> activations) {
    ReferencePatternReuse array = new ReferencePatternReuse(spec);
    int passes = (activations.get(0).length + spec.length() - 1) / spec.length();
    for (int table = 0; table < passes * spec.tables(); table++) {
      for (int from = 0; from < activations.size(); from += spec.batch()) {
        array.fill();
        int to = Math.min(from + spec.batch(), activations.size());
        for (long[] row : activations.subList(from, to)) {
          array.read(row, table);
        }
      }
    }
    long rows = (long) passes * activations.size();
    return array.counts.plus(new LookupCounts(rows, 0, 0, 0, 0));
  }

  /** A new table: nothing that was kept is of it. */
  private void fill() {
    words.clear();
    counts = counts.plus(new LookupCounts(0, 0, 0, 0, (1L << spec.inputs()) - 1));
  }

  private void read(long[] row, int table) {
    for (int plane = 0; plane < spec.a().bits(); plane++) {
      List<Long> pattern = pattern(row, table, plane);
      boolean empty = pattern.stream().allMatch(bit -> bit == 0);
      boolean found = !empty && words.remove(pattern);
      if (!empty) {
        words.addFirst(pattern);
      }
      while (words.size() > spec.reuse()) {
        words.removeLast();
      }
      counts = counts.plus(new LookupCounts(0, 1, empty ? 1 : 0, found ? 1 : 0, 0));
    }
  }

  private List<Long> pattern(long[] row, int table, int plane) {
    return IntStream.range(table * spec.inputs(), (table + 1) * spec.inputs())
        .mapToObj(k -> k < row.length ? row[k] >> plane & 1 : 0L)
        .toList();
  }
}
