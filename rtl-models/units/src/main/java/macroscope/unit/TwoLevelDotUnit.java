package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * The dot product of AMD's CDNA3 matrix cores. For one group, significands un-normalised, a zero with
 * exponent -126:
 *
 * <ol>
 *   <li>NaN if an operand or the addend is NaN, for infinity times zero and for infinities of both
 *       signs; else an infinity if there is one. Then a product of at least 2^128 is an infinity.
 *   <li>Products are aligned to their largest exponent ep, cut there to 24 fraction bits toward zero,
 *       and added: S. With two lanes, those of even and odd index apart; each sum is then cut to 24
 *       fraction bits below the larger ep, toward minus infinity.
 *   <li>With em the larger of ep and the addend's exponent: S is cut to 31 fraction bits below em,
 *       the addend to 24, both toward minus infinity. With two lanes an addend below 2^(em - 25)
 *       counts as 0.
 *   <li>Their sum is rounded once, to nearest even. Exactly zero is +0; a negative sum that rounds to
 *       zero is -0.
 * </ol>
 *
 * Model: MMA-Sim (microsoft/MMA-Sim c785138). Cutting toward minus infinity makes a tiny negative sum
 * next to a large addend one unit of 2^(em - 31).
 *
 * <p>Width proof. Significands have at most 13 bits, so a product lies below 2^26 and, shifted to 24
 * fraction bits, below 2^26; a group of 64 below 2^32, 7 places further up below 2^39.
 */
public final class TwoLevelDotUnit implements DotProductUnit<SignificandPlanes> {

  /** The least exponent of which a product of two significands below 2 can reach 2^128. */
  private static final int OVERFLOW_EXPONENT = 126;

  private final TwoLevelDotSpec spec;
  private final FloatRounder rounder;

  public TwoLevelDotUnit(TwoLevelDotSpec spec) {
    this.spec = spec;
    FloatFormat output = TwoLevelDotSpec.ACCUMULATOR;
    this.rounder = new FloatRounder(output, output.fractionBits(), RoundingMode.TIES_TO_EVEN);
  }

  @Override
  public TwoLevelDotSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return TwoLevelDotSpec.ACCUMULATOR;
  }

  @Override
  public SignificandPlanes prepareA(EncodedMatrix a) {
    return SignificandPlanes.left(spec.a(), a);
  }

  @Override
  public SignificandPlanes prepareB(EncodedMatrix b) {
    return SignificandPlanes.right(spec.b(), b);
  }

  @Override
  public void gemm(SignificandPlanes a, SignificandPlanes b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.layout().shape(), b.layout().shape(), fromK, toK);
    int end = fromK + (toK - fromK + length() - 1) / length() * length();
    for (int from = 0; from < c.columns(); from += Layout.BLOCK) {
      int columns = Math.min(Layout.BLOCK, c.columns() - from);
      TwoLevelGroup group = new TwoLevelGroup(spec, rounder, columns);
      for (int i = 0; i < c.rows(); i++) {
        int at = i * c.columns() + from;
        for (int k = fromK; k < end; k += spec.groupLength()) {
          group.add(a, i, b, from, k, toK, c.codes(), at);
          specials(a, i, b, from, columns, k, toK, c.codes(), at, group);
        }
      }
    }
  }

  /** What NaN, infinities and overflowing products make of the sums of a group. */
  private void specials(
      SignificandPlanes a,
      int i,
      SignificandPlanes b,
      int from,
      int columns,
      int k,
      int toK,
      long[] codes,
      int at,
      TwoLevelGroup group) {
    int stop = Math.min(k + spec.groupLength(), toK);
    for (int j = 0; j < columns; j++) {
      Extreme extreme =
          CodeRows.ofProducts(a.codes(), i, b.codes(), from + j, k, stop)
              .plus(rounder.extreme(group.addend(j)));
      if (extreme == Extreme.NONE && group.largestProduct(j) >= OVERFLOW_EXPONENT) {
        extreme = overflows(a, i, b, from + j, k, stop);
      }
      if (extreme != Extreme.NONE) {
        codes[at + j] = rounder.code(extreme);
      }
    }
  }

  /** Products of finite operands of at least 2^128 in magnitude. */
  private Extreme overflows(
      SignificandPlanes a, int i, SignificandPlanes b, int j, int fromK, int toK) {
    int fraction = spec.a().fractionBits() + spec.b().fractionBits();
    Extreme extreme = Extreme.NONE;
    for (int k = fromK; k < toK; k++) {
      int x = a.layout().index(i, k);
      int y = b.layout().index(j, k);
      long product = (long) a.significands()[x] * b.significands()[y];
      int exponent = a.exponents()[x] + b.exponents()[y] - fraction;
      int leading = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.abs(product));
      if (product != 0 && leading + exponent > TwoLevelDotSpec.ACCUMULATOR.maxExponent()) {
        extreme = extreme.plus(Extreme.infinity(product < 0));
      }
    }
    return extreme;
  }

  @Override
  public Pipeline pipeline() {
    return TwoLevelHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return TwoLevelHardware.inventory(spec);
  }
}
