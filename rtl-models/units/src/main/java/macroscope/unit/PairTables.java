package macroscope.unit;

import static macroscope.unit.ActivationTables.ENTRIES;

import macroscope.unit.LookupTableSpec.Aggregation;

/**
 * The tables of one tile, two by two: 256 integers for each pair, the first level of adders folded in,
 * so that one byte of {@link WeightPlanes} is one lookup. The same integers as two lookups and a node
 * of the adder tree give.
 */
final class PairTables {

  private static final int PAIR_ENTRIES = ENTRIES * ENTRIES;

  private final boolean exact;
  private final boolean unsigned;
  private final short[] sums;

  PairTables(LookupTableSpec spec, LookupTableArithmetic arithmetic) {
    exact = spec.aggregation() == Aggregation.EXACT;
    unsigned =
        spec.aggregation() == Aggregation.FAST_AS_UPSTREAM
            && arithmetic.averagesUnsignedAsUpstream();
    sums = new short[spec.tablesPerCall() / 2 * PAIR_ENTRIES];
  }

  /** Takes the tables of a tile, which start at entry {@code from}. */
  void load(byte[] entries, int from) {
    for (int to = 0; to < sums.length; to += PAIR_ENTRIES, from += 2 * ENTRIES) {
      for (int high = 0; high < ENTRIES; high++) {
        loadRow(entries, from, entries[from + ENTRIES + high], to + high * ENTRIES);
      }
    }
  }

  private void loadRow(byte[] entries, int from, byte high, int to) {
    for (int low = 0; low < ENTRIES; low++) {
      byte first = entries[from + low];
      sums[to + low] = (short) (exact ? first + high : average(first, high));
    }
  }

  private int average(byte first, byte second) {
    return unsigned
        ? FastAggregation.average(first & 0xFF, second & 0xFF)
        : FastAggregation.average(first, second);
  }

  /**
   * The lookups of {@code pairs} bytes of indices, aggregated: their sum, or what leaves the averaging
   * tree. No overflow: 16 lookups reach 2048.
   *
   * @param firstPair number of the first pair of tables in the tile
   * @param pairs 4 or 8
   */
  int aggregate(byte[] indices, int at, int firstPair, int pairs) {
    int table = firstPair * PAIR_ENTRIES;
    if (exact) {
      int sum = sumFour(indices, at, table);
      return pairs == 4 ? sum : sum + sumFour(indices, at + 4, table + 4 * PAIR_ENTRIES);
    }
    int mean = averageFour(indices, at, table);
    if (pairs == 8) {
      int second = averageFour(indices, at + 4, table + 4 * PAIR_ENTRIES);
      mean = FastAggregation.average(mean, second);
    }
    return unsigned ? (byte) mean : mean;
  }

  private int sumFour(byte[] indices, int at, int table) {
    return look(indices, at, table)
        + look(indices, at + 1, table + PAIR_ENTRIES)
        + look(indices, at + 2, table + 2 * PAIR_ENTRIES)
        + look(indices, at + 3, table + 3 * PAIR_ENTRIES);
  }

  private int averageFour(byte[] indices, int at, int table) {
    int left =
        FastAggregation.average(
            look(indices, at, table), look(indices, at + 1, table + PAIR_ENTRIES));
    int right =
        FastAggregation.average(
            look(indices, at + 2, table + 2 * PAIR_ENTRIES),
            look(indices, at + 3, table + 3 * PAIR_ENTRIES));
    return FastAggregation.average(left, right);
  }

  private int look(byte[] indices, int at, int table) {
    return sums[table + (indices[at] & 0xFF)];
  }
}
