package macroscope.unit;

import static macroscope.unit.ActivationTables.ENTRIES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import macroscope.unit.LookupTableSpec.Aggregation;

/**
 * The tables of one tile, two by two: 256 integers for each pair, the first level of adders folded in,
 * so that one byte of {@link WeightPlanes} is one lookup. The same integers as two lookups and a node
 * of the adder tree give.
 *
 * <p>Entries are held as 0..255 in lanes of 16 bits, so that four are added at once and no lane
 * carries into the next: a signed entry q as q + 128, which commutes with sums and with the nodes of
 * an averaging tree, and is taken off at the end.
 */
final class PairTables {

  private static final VarHandle LANES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LANE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LANE_BYTES = Short.BYTES;
  private static final int WORDS = ENTRIES * LANE_BYTES / Long.BYTES;
  private static final int PAIR_BYTES = ENTRIES * ENTRIES * LANE_BYTES;
  private static final long ONES = 0x0001_0001_0001_0001L;

  /** Lanes below 2^15 after a shift by one: what each got from its neighbour is cut. */
  private static final long LOW_LANES = 0x7FFF_7FFF_7FFF_7FFFL;

  private final boolean exact;
  private final boolean unsigned;
  private final byte[] lanes;
  private final long[] row = new long[WORDS];

  PairTables(LookupTableSpec spec) {
    exact = spec.aggregation() == Aggregation.EXACT;
    unsigned = spec.aggregation().averagesUnsigned(spec.numberSystem());
    lanes = new byte[spec.tablesPerCall() / 2 * PAIR_BYTES];
  }

  /** Takes the tables of a tile, which start at entry {@code from}. */
  void load(byte[] entries, int from) {
    for (int to = 0; to < lanes.length; to += PAIR_BYTES, from += 2 * ENTRIES) {
      packRow(entries, from);
      for (int high = 0; high < ENTRIES; high++) {
        addToRow(lane(entries[from + ENTRIES + high]), to + high * ENTRIES * LANE_BYTES);
      }
    }
  }

  private void packRow(byte[] entries, int from) {
    for (int word = 0; word < WORDS; word++) {
      long packed = 0;
      for (int i = 0; i < Long.BYTES / LANE_BYTES; i++) {
        packed |= (long) lane(entries[from + word * 4 + i]) << i * Short.SIZE;
      }
      row[word] = packed;
    }
  }

  private int lane(byte entry) {
    return unsigned ? entry & 0xFF : entry + 128;
  }

  private void addToRow(int high, int to) {
    long added = exact ? high * ONES : (high + 1) * ONES;
    for (int word = 0; word < WORDS; word++) {
      long sum = row[word] + added;
      LANES.set(lanes, to + word * Long.BYTES, exact ? sum : sum >>> 1 & LOW_LANES);
    }
  }

  /**
   * Aggregates lookups, {@code groupPairs} bytes of indices after the other: their sums, or what
   * leaves the averaging tree. No overflow: 16 lookups reach 2048.
   *
   * @param at first byte; at the start of a tile, or of a plane in it
   * @param groupPairs 4 or 8
   * @param lookups receives {@code lookups.length} aggregates, whole planes of the tile
   */
  void aggregate(byte[] indices, int at, int groupPairs, int[] lookups) {
    int groups = lanes.length / PAIR_BYTES / groupPairs;
    for (int group = 0; group < groups; group++) {
      int table = group * groupPairs * PAIR_BYTES;
      int first = at + group * groupPairs;
      if (exact) {
        sums(indices, first, table, groups, groupPairs, lookups, group);
      } else {
        means(indices, first, table, groups, groupPairs, lookups, group);
      }
    }
  }

  private void sums(
      byte[] indices, int at, int table, int step, int pairs, int[] lookups, int from) {
    byte[] sums = lanes;
    int next = step * pairs;
    if (pairs == 4) {
      for (int i = from; i < lookups.length; i += step, at += next) {
        lookups[i] = sumFour(sums, table, indices, at) - 8 * 128;
      }
    } else {
      for (int i = from; i < lookups.length; i += step, at += next) {
        int sum = sumFour(sums, table, indices, at);
        lookups[i] = sum + sumFour(sums, table + 4 * PAIR_BYTES, indices, at + 4) - 16 * 128;
      }
    }
  }

  private void means(
      byte[] indices, int at, int table, int step, int pairs, int[] lookups, int from) {
    for (int i = from; i < lookups.length; i += step, at += step * pairs) {
      int mean = averageFour(lanes, table, indices, at);
      if (pairs == 8) {
        int second = averageFour(lanes, table + 4 * PAIR_BYTES, indices, at + 4);
        mean = FastAggregation.average(mean, second);
      }
      lookups[i] = unsigned ? (byte) mean : mean - 128;
    }
  }

  private static int sumFour(byte[] lanes, int table, byte[] indices, int at) {
    return look(lanes, table, indices[at])
        + look(lanes, table + PAIR_BYTES, indices[at + 1])
        + look(lanes, table + 2 * PAIR_BYTES, indices[at + 2])
        + look(lanes, table + 3 * PAIR_BYTES, indices[at + 3]);
  }

  private static int averageFour(byte[] lanes, int table, byte[] indices, int at) {
    int left =
        FastAggregation.average(
            look(lanes, table, indices[at]), look(lanes, table + PAIR_BYTES, indices[at + 1]));
    int right =
        FastAggregation.average(
            look(lanes, table + 2 * PAIR_BYTES, indices[at + 2]),
            look(lanes, table + 3 * PAIR_BYTES, indices[at + 3]));
    return FastAggregation.average(left, right);
  }

  private static int look(byte[] lanes, int table, byte index) {
    return (short) LANE.get(lanes, table + (index & 0xFF) * LANE_BYTES);
  }
}
