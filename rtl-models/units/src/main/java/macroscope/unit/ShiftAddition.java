package macroscope.unit;

import java.util.OptionalInt;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * A weight that is a sum of few powers of two: its activation is shifted by each of them, and the
 * shifted ones are added (powers of two: Miyashita et al., arXiv 1603.01025; sums of them: APoT, Li et
 * al., arXiv 1909.13144). The sign of the weight negates the sum.
 *
 * <p>With all bits kept the product is exact. With {@code keptBits} of them below the activation's last
 * bit under the largest power, lower powers shift to the right and lose bits (arithmetic shift, toward
 * minus infinity): at most one unit of the last kept bit a power, half of one on the mean.
 *
 * @param a activations
 * @param b weights: a table or a float without fractions, 2..12 bits
 * @param keptBits fraction bits kept below the activation's; empty for all
 */
public record ShiftAddition(IntegerFormat a, NumberFormat b, OptionalInt keptBits)
    implements Multiplication {

  public ShiftAddition {
    Widths.inRange("bits of a", a.bits(), 1, 24);
    Widths.inRange("bits of weights", b.bits(), 1, 12);
    if (b instanceof FloatFormat weights && (weights.hasNan() || weights.hasInfinity())) {
      throw new IllegalArgumentException("weights must always be finite: " + b.name());
    }
    Powers powers = Powers.of(b);
    Widths.inRange("span of the powers of " + b.name(), powers.most - powers.least, 0, 32);
    keptBits.ifPresent(kept -> Widths.inRange("kept fraction bits", kept, 0, 40));
  }

  /**
   * The powers of two that weights consist of.
   *
   * @param least smallest exponent
   * @param most largest exponent
   * @param terms most powers of a weight
   * @param largest largest weight in units of 2^least
   */
  private record Powers(int least, int most, int terms, long largest) {
    static Powers of(NumberFormat format) {
      int least = Integer.MAX_VALUE;
      int most = Integer.MIN_VALUE;
      int terms = 0;
      for (long code = 0; code < 1L << format.bits(); code++) {
        Value value = format.isCode(code) ? format.decode(code) : Value.ZERO;
        if (!value.isZero()) {
          least = Math.min(least, value.exponent());
          most = Math.max(most, value.exponent() + value.significand().bitLength() - 1);
          terms = Math.max(terms, value.significand().bitCount());
        }
      }
      Widths.inRange("span of the powers of " + format.name(), most - least, 0, 32);
      return new Powers(least, most, terms, 0).withLargest(format);
    }

    private Powers withLargest(NumberFormat format) {
      long largest = 0;
      for (long code = 0; code < 1L << format.bits(); code++) {
        if (format.isCode(code)) {
          largest = Math.max(largest, units(format.decode(code)));
        }
      }
      return new Powers(least, most, terms, largest);
    }

    /** A magnitude in units of 2^least. */
    long units(Value value) {
      return value.isZero()
          ? 0
          : value.significand().shiftLeft(value.exponent() - least).longValueExact();
    }
  }

  /** How many of the low places are cut off. */
  private int cut(Powers powers) {
    int span = powers.most - powers.least;
    return keptBits.isPresent() ? Math.max(0, span - keptBits.getAsInt()) : 0;
  }

  @Override
  public int unit() {
    Powers powers = Powers.of(b);
    return powers.least + cut(powers) - a.fractionBits();
  }

  /** The largest product, and a unit for each power that was cut. */
  @Override
  public int significandBits() {
    Powers powers = Powers.of(b);
    long largest = ((powers.largest >> cut(powers)) + powers.terms) << a.bits();
    return Long.SIZE - Long.numberOfLeadingZeros(largest);
  }

  @Override
  public int maxShift() {
    return 0;
  }

  @Override
  public long operandA(long code) {
    return a.integer(code);
  }

  /** The weight in units of the least power of two, its sign and the places to cut beside it. */
  @Override
  public long operandB(long code) {
    Powers powers = Powers.of(b);
    Value weight = b.decode(code);
    long packed = powers.units(weight) << CUT_BITS | cut(powers);
    return weight.isZero() ? 0 : weight.negative() ? -packed : packed;
  }

  private static final int CUT_BITS = 6;

  @Override
  public long significand(long x, long y) {
    long packed = Math.abs(y);
    int cut = (int) (packed & ((1 << CUT_BITS) - 1));
    long sum = 0;
    for (long left = packed >> CUT_BITS; left != 0; left &= left - 1) {
      int place = Long.numberOfTrailingZeros(left) - cut;
      sum += place >= 0 ? x << place : x >> -place;
    }
    return y < 0 ? -sum : sum;
  }

  @Override
  public int shift(long x, long y) {
    return 0;
  }

  /** A shifter and a gate for each power, and the additions. */
  @Override
  public void addParts(InventoryBuilder parts, int length) {
    Powers powers = Powers.of(b);
    int span = powers.most - powers.least;
    int width = a.bits() + span - cut(powers);
    if (span > 0) {
      Shifter shifter = new Shifter(a.bits(), span, width);
      parts.add(Role.MULTIPLIER, "shifter of a power", shifter, length * powers.terms);
    }
    Multiplexer gate = new Multiplexer(2, width);
    parts.add(Role.MULTIPLIER, "zero gate", gate, length * powers.terms);
    parts.addTree(Role.MULTIPLIER, "sum of powers", powers.terms, width, 1, length);
  }

  @Override
  public String family() {
    return "shift_add";
  }

  @Override
  public String description() {
    return "Activations are shifted by each power of two of their weight and added"
        + (keptBits.isPresent()
            ? ";\n" + keptBits.getAsInt() + " bits below the activation's last are kept."
            : "; products are exact.");
  }
}
