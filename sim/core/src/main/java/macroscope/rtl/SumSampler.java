package macroscope.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * Draws the operands of sums: one kind of sum after another, so that whatever their number each kind
 * occurs. {@link Random} is used because its algorithm is part of its contract.
 */
final class SumSampler {

  /** What the codes of a sum have in common. */
  private enum Kind {
    FINITE,
    ANY,
    EDGES,
    SPECIAL,
    CANCELLING,
    NEIGHBOURS,
    SPARSE,
    SAME
  }

  private final NumberFormat a;
  private final NumberFormat b;
  private final NumberFormat accumulator;
  private final int length;
  private final int mostPasses;
  private final Random random;
  private final List<Long> edgesA;
  private final List<Long> edgesB;
  private final List<Long> edgesC;
  private final List<Long> endsA;
  private final List<Long> endsB;

  /**
   * @param length products of a pass
   * @param mostPasses passes that a sum may have
   */
  SumSampler(
      NumberFormat a,
      NumberFormat b,
      NumberFormat accumulator,
      int length,
      int mostPasses,
      long seed) {
    this.a = a;
    this.b = b;
    this.accumulator = accumulator;
    this.length = length;
    this.mostPasses = mostPasses;
    this.random = new Random(seed);
    this.edgesA = EdgeCodes.of(a);
    this.edgesB = EdgeCodes.of(b);
    this.edgesC = EdgeCodes.of(accumulator);
    this.endsA = finite(a, edgesA);
    this.endsB = finite(b, edgesB);
  }

  private static List<Long> finite(NumberFormat format, List<Long> codes) {
    return codes.stream().filter(code -> format.decode(code).isFinite()).toList();
  }

  /** All pairs of codes where they are at most 2^12, then {@code count} drawn sums. */
  List<Sum> sums(int count) {
    List<Sum> sums = new ArrayList<>();
    if (a.bits() + b.bits() <= 12) {
      allPairs(sums);
    }
    Kind[] kinds = Kind.values();
    for (int i = 0; i < count; i++) {
      Kind kind = kinds[i % kinds.length];
      boolean full = kind == Kind.SAME && i % 3 == 0;
      int passes = full ? Math.min(mostPasses, 64) : 1 + random.nextInt(Math.min(mostPasses, 4));
      sums.add(draw(kind, passes));
    }
    return sums;
  }

  /** Sums of the same number of passes, one kind after the other. */
  List<Sum> rows(int count, int passes) {
    Kind[] kinds = Kind.values();
    return IntStream.range(0, count).mapToObj(i -> draw(kinds[i % kinds.length], passes)).toList();
  }

  private void allPairs(List<Sum> sums) {
    long[] pairs =
        LongStream.range(0, 1L << (a.bits() + b.bits()))
            .filter(pair -> used(a, pair >> b.bits()) && used(b, lowBits(pair, b.bits())))
            .toArray();
    for (int from = 0; from < pairs.length; from += length) {
      long[] codesA = new long[length];
      long[] codesB = new long[length];
      for (int k = 0; k < length; k++) {
        long pair = pairs[(from + k) % pairs.length];
        codesA[k] = pair >> b.bits();
        codesB[k] = lowBits(pair, b.bits());
      }
      sums.add(new Sum(codesA, codesB, 0));
    }
  }

  private static long lowBits(long word, int bits) {
    return word & -1L >>> (Long.SIZE - bits);
  }

  /** Whether an encoder makes the code: a symmetric integer is never the most negative one, tables may have fewer. */
  private static boolean used(NumberFormat format, long code) {
    return format instanceof IntegerFormat integers
        ? integers.integer(code) >= integers.least()
        : format.isCode(code);
  }

  private Sum draw(Kind kind, int passes) {
    long[] codesA = new long[passes * length];
    long[] codesB = new long[passes * length];
    long sameA = edge(endsA);
    long sameB = edge(endsB);
    for (int k = 0; k < codesA.length; k++) {
      codesA[k] = kind == Kind.SAME ? sameA : code(kind, a, edgesA, endsA, codesA, k);
      codesB[k] = kind == Kind.SAME ? sameB : code(kind, b, edgesB, endsB, codesB, k);
    }
    if (kind == Kind.CANCELLING) {
      cancel(codesA, codesB);
    }
    return new Sum(codesA, codesB, addend(kind, codesA[0], codesB[0]));
  }

  private long code(
      Kind kind, NumberFormat format, List<Long> edges, List<Long> ends, long[] before, int k) {
    return switch (kind) {
      case FINITE, CANCELLING -> finite(format);
      case ANY, SAME -> any(format);
      case EDGES -> edge(ends);
      case SPECIAL -> random.nextInt(2 * length) == 0 ? edge(edges) : finite(format);
      case SPARSE -> random.nextInt(4) == 0 ? finite(format) : 0;
      case NEIGHBOURS -> k == 0 ? finite(format) : neighbour(format, before[k - 1]);
    };
  }

  /** Odd elements repeat the even ones before them, with the other sign where there is one. */
  private void cancel(long[] codesA, long[] codesB) {
    for (int k = 1; k < codesA.length; k += 2) {
      codesB[k] = codesB[k - 1];
      codesA[k] = negated(a, codesA[k - 1]);
    }
  }

  private static long negated(NumberFormat format, long code) {
    Value value = format.decode(code).negate();
    return format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  private long addend(Kind kind, long codeA, long codeB) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> finite(accumulator);
      case 2 -> kind == Kind.ANY || kind == Kind.SPECIAL ? edge(edgesC) : finite(accumulator);
      default -> nearProduct(codeA, codeB);
    };
  }

  /** The accumulator code of a product, with its low bits stirred. */
  private long nearProduct(long codeA, long codeB) {
    Value x = a.decode(codeA);
    Value y = b.decode(codeB);
    if (!x.isFinite() || !y.isFinite()) {
      return 0;
    }
    Value product =
        Value.finite(
            x.negative() ^ random.nextBoolean(),
            x.significand().multiply(y.significand()),
            x.exponent() + y.exponent());
    long code = accumulator.encode(product, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    long stirred = code ^ (any(accumulator) & ((1L << (accumulator.bits() / 3)) - 1));
    return accumulator.decode(stirred).isFinite() ? stirred : code;
  }

  private long any(NumberFormat format) {
    long code = lowBits(random.nextLong(), format.bits());
    while (!used(format, code)) {
      code = lowBits(random.nextLong(), format.bits());
    }
    return code;
  }

  private long finite(NumberFormat format) {
    long code = any(format);
    while (!format.decode(code).isFinite()) {
      code = any(format);
    }
    return code;
  }

  private long neighbour(NumberFormat format, long code) {
    int low = Math.max(1, format.bits() / 2);
    long next = code ^ lowBits(random.nextLong(), low);
    if (random.nextBoolean()) {
      next ^= 1L << (format.bits() - 1);
    }
    return used(format, next) && format.decode(next).isFinite() ? next : code;
  }

  private long edge(List<Long> edges) {
    return edges.get(random.nextInt(edges.size()));
  }
}
