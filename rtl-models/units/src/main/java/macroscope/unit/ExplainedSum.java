package macroscope.unit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/** Terms of an aligned sum while they are collected, for {@link Explainer}. */
final class ExplainedSum {

  /** Sums of more bits are shortened to so many with a sticky bit, which rounds to the same code. */
  private static final int ROUNDER_BITS = 60;

  private record Raw(String name, BigInteger significand, int lastBit, int exponent, Value value) {}

  private final FloatFormat format;
  private final FloatRounder rounder;
  private final int keptFractionBits;
  private final boolean floor;
  private final List<Raw> terms = new ArrayList<>();
  private Extreme extreme = Extreme.NONE;

  /**
   * @param rounder output stage of the unit
   * @param format its format
   */
  ExplainedSum(FloatRounder rounder, FloatFormat format, int keptFractionBits, Alignment how) {
    this.rounder = rounder;
    this.format = format;
    this.keptFractionBits = keptFractionBits;
    this.floor = how.truncation() == RoundingMode.TOWARD_NEGATIVE;
  }

  /** A finite term, {@code significand * 2^lastBit}. */
  void add(String name, BigInteger significand, int lastBit, int exponent) {
    Value value = Value.finite(significand.signum() < 0, significand.abs(), lastBit);
    terms.add(new Raw(name, significand, lastBit, exponent, value));
  }

  /** A term that is NaN or infinite. */
  void addSpecial(String name, Extreme special) {
    extreme = extreme.plus(special);
    terms.add(new Raw(name, BigInteger.ZERO, 0, 0, value(special)));
  }

  private static Value value(Extreme special) {
    return switch (special) {
      case POSITIVE_INFINITY -> Value.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Value.NEGATIVE_INFINITY;
      case NAN, NONE -> Value.NAN;
    };
  }

  /** The addend, as the output stage reads it. */
  void addAddend(String name, long code) {
    Extreme special = rounder.extreme(code);
    if (special != Extreme.NONE) {
      addSpecial(name, special);
      return;
    }
    long[] significand = new long[1];
    int[] exponent = new int[1];
    rounder.read(code, significand, exponent, 0);
    int lastBit = exponent[0] - format.fractionBits();
    add(name, BigInteger.valueOf(significand[0]), lastBit, exponent[0]);
  }

  /** What the terms become: aligned, cut, added, rounded. */
  Explanation.Step step(String name, Alignment how) {
    int largest = largest(how);
    return step(name, largest, largest - keptFractionBits);
  }

  /** What the terms become if all of their bits are kept. */
  Explanation.Step exactStep(String name) {
    int lastBit = terms.stream().mapToInt(Raw::lastBit).min().orElse(0);
    return step(name, largest(Alignment.USUAL), lastBit);
  }

  private Explanation.Step step(String name, int largest, int lastBit) {
    List<Explanation.Term> explained = new ArrayList<>();
    BigInteger sum = BigInteger.ZERO;
    for (Raw term : terms) {
      BigInteger kept = kept(term, lastBit);
      sum = sum.add(kept);
      explained.add(explained(term, kept, lastBit, sum));
    }
    long code = code(sum, lastBit);
    Value total = extreme == Extreme.NONE ? value(sum, lastBit) : value(extreme);
    return new Explanation.Step(
        name, explained, true, largest, lastBit, total, format, code, format.decode(code));
  }

  private int largest(Alignment how) {
    int least = how.leastExponent().orElse(Integer.MIN_VALUE);
    int largest =
        terms.stream()
            .filter(term -> term.value.isFinite())
            .filter(term -> how.zerosCount() || term.significand.signum() != 0)
            .mapToInt(Raw::exponent)
            .reduce(least, Math::max);
    return largest == Integer.MIN_VALUE ? 0 : largest;
  }

  private BigInteger kept(Raw term, int lastBit) {
    int drop = lastBit - term.lastBit;
    if (drop <= 0) {
      return term.significand.shiftLeft(-drop);
    }
    boolean towardZero = !floor && term.significand.signum() < 0;
    return towardZero
        ? term.significand.negate().shiftRight(drop).negate()
        : term.significand.shiftRight(drop);
  }

  private static Explanation.Term explained(
      Raw term, BigInteger kept, int lastBit, BigInteger sum) {
    if (!term.value.isFinite()) {
      return new Explanation.Term(
          term.name, term.value, term.exponent, term.value, Value.ZERO, value(sum, lastBit));
    }
    int least = Math.min(lastBit, term.lastBit);
    BigInteger exact = term.significand.shiftLeft(term.lastBit - least);
    Value cut = value(exact.subtract(kept.shiftLeft(lastBit - least)), least);
    return new Explanation.Term(
        term.name, term.value, term.exponent, value(kept, lastBit), cut, value(sum, lastBit));
  }

  private static Value value(BigInteger units, int lastBit) {
    return Value.finite(units.signum() < 0, units.abs(), lastBit);
  }

  private long code(BigInteger sum, int lastBit) {
    if (extreme != Extreme.NONE) {
      return rounder.code(extreme);
    }
    long[] significand = new long[1];
    int[] exponent = new int[1];
    int drop = Math.max(0, sum.bitLength() - ROUNDER_BITS);
    boolean sticky = drop > 0 && sum.getLowestSetBit() < drop;
    long shortened = sum.shiftRight(drop).longValueExact() | (sticky ? 1 : 0);
    rounder.round(shortened, lastBit + drop, significand, exponent, 0);
    return rounder.code(significand[0], exponent[0]);
  }
}
