package macroscope.rtl;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.hardware.Sharing.Operand;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * Sums by the thousand for the lane of millions of results: each row of a left operand meets each row of
 * a right one, so that the Java model answers with matrix products and a row is laid out once. Rows are
 * those of {@link SumSampler}, all kinds of them.
 */
final class BulkVectors {

  private static final int ROWS = 64;
  private static final int MOST_PASSES = 4;

  private final DotTwin twin;
  private final VectorStream stream;
  private final List<Operand> sides;
  private final List<Port> ports;
  private final int interval;

  BulkVectors(DotTwin twin, VectorStream stream) {
    this.twin = twin;
    this.stream = stream;
    this.sides = twin.feed().sides();
    this.ports = twin.design().operands();
    this.interval = twin.pipeline().initiationInterval();
  }

  /** Writes {@value #ROWS} times as many sums, each of the same number of passes. */
  void write(long seed) throws IOException {
    Random random = new Random(~seed);
    int passes = 1 + random.nextInt(Math.min(twin.mostPasses(), MOST_PASSES));
    ScaleSampler scales = new ScaleSampler(twin.scale(), seed);
    List<Sum> sums =
        twin.sampler(seed).rows(ROWS, passes).stream()
            .map(sum -> scales.scaled(twin.fitted(sum)))
            .toList();
    long[] addends =
        IntStream.range(0, ROWS * ROWS)
            .mapToLong(at -> sums.get(addend(at / ROWS, at % ROWS, random)).addend())
            .toArray();
    long[][] results = results(twin.unit(), sums, addends, passes);
    List<int[][]> words = sums.stream().map(sum -> words(sum, passes)).toList();
    for (int at = 0; at < addends.length; at++) {
      sum(words, at, addends[at], results);
      for (int gap = random.nextInt(DotTwin.GAP + 1); gap > 0; gap--) {
        fill(words, random.nextInt(ROWS), random.nextInt(ROWS), 0);
        stream.beat(random.nextBoolean() ? VectorStream.FIRST : 0, 0);
      }
    }
    stream.drain();
  }

  /** The sum whose addend another takes: its own where rows meet that were drawn together. */
  private static int addend(int i, int j, Random random) {
    return i == j ? i : random.nextInt(ROWS);
  }

  private <P> long[][] results(DotProductUnit<P> unit, List<Sum> sums, long[] addends, int passes) {
    P a = unit.prepareA(twin.left(ROWS, joined(sums, Sum::a), joined(sums, Sum::scalesA)));
    P b = unit.prepareB(twin.right(ROWS, joined(sums, Sum::b), joined(sums, Sum::scalesB)));
    long[][] results = new long[passes][];
    for (int pass = 0; pass < passes; pass++) {
      results[pass] = addends.clone();
      Accumulators c = new Accumulators(unit.accumulatorFormat(), ROWS, ROWS, results[pass]);
      unit.gemm(a, b, 0, (pass + 1) * unit.length(), c);
    }
    return results;
  }

  private static long[] joined(List<Sum> sums, Function<Sum, long[]> part) {
    return sums.stream().flatMapToLong(sum -> LongStream.of(part.apply(sum))).toArray();
  }

  /** What both operands of a sum are at the inputs, cycle by cycle, all ports behind each other. */
  private int[][] words(Sum sum, int passes) {
    int[][] cycles = new int[passes * interval][];
    for (int i = 0; i < cycles.length; i++) {
      int from = i / interval * twin.unit().length();
      List<Integer> line = new ArrayList<>();
      List<BigInteger> given = twin.feed().words(sum, from, i % interval);
      for (int port = 0; port < ports.size(); port++) {
        for (int low = 0; low < ports.get(port).bits(); low += Integer.SIZE) {
          line.add(given.get(port).shiftRight(low).intValue());
        }
      }
      cycles[i] = line.stream().mapToInt(Integer::intValue).toArray();
    }
    return cycles;
  }

  private void sum(List<int[][]> words, int at, long addend, long[][] results) throws IOException {
    int cycles = results.length * interval;
    for (int cycle = 0; cycle < cycles; cycle++) {
      fill(words, at / ROWS, at % ROWS, cycle);
      stream.addend(addend);
      boolean starts = cycle % interval == 0;
      int flags = (starts ? VectorStream.VALID : 0) | (cycle == 0 ? VectorStream.FIRST : 0);
      stream.beat(flags, results[cycle / interval][at]);
    }
  }

  /** Puts the words of a row of both operands to the inputs. */
  private void fill(List<int[][]> words, int i, int j, int cycle) {
    int at = 0;
    for (int port = 0; port < ports.size(); port++) {
      int row = sides.get(port) == Operand.LEFT ? i : j;
      int count = VectorStream.words(ports.get(port));
      stream.operand(words.get(row)[cycle], at, count);
      at += count;
    }
  }
}
