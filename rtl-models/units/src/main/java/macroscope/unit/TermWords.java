package macroscope.unit;

import java.math.BigInteger;
import macroscope.format.NumberFormat;

/**
 * The words that a unit's adder tree gets in one pass. Units that align and truncate get those of the
 * window below the largest exponent; all others get exact products in fixed point.
 */
interface TermWords {

  /** Bits of a word. */
  int bits();

  /**
   * The words of a pass.
   *
   * @param a codes of the left operand; those of zero where a short pass is padded
   * @param b codes of the right operand
   * @param sum code of the accumulator that joins
   * @param words as many as the pass has products; overwritten
   */
  void fill(long[] a, long[] b, long sum, BigInteger[] words);

  /** The words of a unit of such operands. */
  static TermWords of(UnitSpec spec, NumberFormat a, NumberFormat b) {
    if (spec instanceof FusedDotSpec fused && fused.a().equals(a) && fused.b().equals(b)) {
      return new AlignedWords(fused);
    }
    if (spec instanceof BlockScaledDotSpec scaled) {
      return of(scaled.dot(), a, b);
    }
    return new ExactWords(Dyadic.of(a), Dyadic.of(b));
  }

  /** Exact products in units of the least that can occur. */
  record ExactWords(Dyadic a, Dyadic b) implements TermWords {
    @Override
    public int bits() {
      return a.significandBits() + b.significandBits() + a.maxShift() + b.maxShift() + 1;
    }

    @Override
    public void fill(long[] x, long[] y, long sum, BigInteger[] words) {
      for (int i = 0; i < words.length; i++) {
        long left = a.operand(x[i]);
        long right = b.operand(y[i]);
        BigInteger product =
            BigInteger.valueOf(Dyadic.significand(left) * Dyadic.significand(right));
        words[i] = product.shiftLeft(Dyadic.shift(left) + Dyadic.shift(right));
      }
    }
  }

  /** Products cut toward zero below the largest exponent of a group, the accumulator's included. */
  final class AlignedWords implements TermWords {
    private final FusedDotSpec spec;
    private final FloatFields a;
    private final FloatFields b;
    private final FloatFields c;
    private final int fraction;

    AlignedWords(FusedDotSpec spec) {
      this.spec = spec;
      a = new FloatFields(spec.a());
      b = new FloatFields(spec.b());
      c = new FloatFields(spec.accumulator());
      fraction = spec.a().fractionBits() + spec.b().fractionBits();
    }

    @Override
    public int bits() {
      return FusedDotHardware.windowBits(spec) + 1;
    }

    @Override
    public void fill(long[] x, long[] y, long sum, BigInteger[] words) {
      for (int from = 0; from < words.length; from += spec.groupLength()) {
        int to = Math.min(words.length, from + spec.groupLength());
        int largest = c.exponent(sum);
        for (int i = from; i < to; i++) {
          largest = Math.max(largest, exponent(x[i], y[i]));
        }
        for (int i = from; i < to; i++) {
          words[i] = BigInteger.valueOf(aligned(x[i], y[i], largest));
        }
      }
    }

    private int exponent(long x, long y) {
      return a.exponent(x) + b.exponent(y);
    }

    private long aligned(long x, long y, int largest) {
      long product = a.significand(x) * b.significand(y);
      int up = spec.keptFractionBits() - fraction - (largest - exponent(x, y));
      long magnitude = Math.abs(product);
      long cut = up >= 0 ? magnitude << up : -up < Long.SIZE ? magnitude >> -up : 0;
      return product < 0 ? -cut : cut;
    }
  }
}
