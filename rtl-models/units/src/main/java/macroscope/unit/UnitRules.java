package macroscope.unit;

import java.util.List;
import java.util.Locale;
import macroscope.format.RoundingMode;

/**
 * What a unit does with the bits and the numbers that its widths do not settle. The table of
 * instructions states it for each row, and a row must state what its family does.
 *
 * @param truncations direction in which terms are cut where they are aligned, sum after sum; empty if
 *     nothing is cut
 * @param subnormals what becomes of subnormal operands, addends and results
 * @param nan which NaN comes out
 * @param addend how c joins the products
 */
public record UnitRules(
    List<RoundingMode> truncations, Subnormals subnormals, NanRule nan, AddendRule addend) {

  /** What becomes of subnormal operands, addends and results. */
  public enum Subnormals {
    KEPT("kept"),
    FLUSHED("flushed to zero, going in and coming out of each operation"),
    /** Fixed-point and integer formats have none. */
    NONE("there are none");

    private final String text;

    Subnormals(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Which NaN a result is. */
  public enum NanRule {
    /** Positive, all bits of exponent and fraction set (PTX ISA: "canonical NaN"). */
    CANONICAL("the positive one of all ones, 0x7fffffff in binary32, 0x7fff in binary16"),
    /** The first NaN operand, quieted; 0xFFC00000 or 0xFE00 for invalid operations (x86). */
    FIRST_OPERAND("the first NaN operand made quiet, else the default NaN of x86"),
    /** A NaN; vectors are compared as a class. */
    UNMODELLED("some NaN; sign and payload are not modelled"),
    NONE("there are none");

    private final String text;

    NanRule(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** How the addend joins the products of a pass. */
  public enum AddendRule {
    ALIGNED("a term of the first aligned sum"),
    SECOND_SUM("a term of a second aligned sum, beside the sum of each group of products"),
    EXACT("a term of an exact sum"),
    FIRST("the first operand of a chain of additions"),
    LAST("added with a rounding of its own to each sum of products");

    private final String text;

    AddendRule(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  public UnitRules {
    truncations = List.copyOf(truncations);
  }

  /** The rules of a unit. */
  public static UnitRules of(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return aligned(s.alignment().truncation(), AddendRule.ALIGNED);
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return of(s.dot());
    }
    if (spec instanceof ScaledGroupDotSpec) {
      return aligned(RoundingMode.TOWARD_ZERO, AddendRule.ALIGNED);
    }
    if (spec instanceof InterleavedDotSpec) {
      return aligned(RoundingMode.TOWARD_ZERO, AddendRule.LAST);
    }
    if (spec instanceof TwoLevelDotSpec) {
      return new UnitRules(
          List.of(RoundingMode.TOWARD_ZERO, RoundingMode.TOWARD_NEGATIVE),
          Subnormals.KEPT,
          NanRule.UNMODELLED,
          AddendRule.SECOND_SUM);
    }
    if (spec instanceof PairwiseDotSpec s) {
      return rounded(s.flushing(), NanRule.UNMODELLED, AddendRule.LAST);
    }
    if (spec instanceof VectorFmaSpec s) {
      boolean last = s.order() == VectorFmaSpec.Order.TWO_SUMS;
      return rounded(
          s.flushing(), NanRule.FIRST_OPERAND, last ? AddendRule.LAST : AddendRule.FIRST);
    }
    if (spec instanceof BitSerialSpec s && s.alignment().keptFractionBits().isPresent()) {
      return new UnitRules(
          List.of(RoundingMode.TOWARD_ZERO), Subnormals.KEPT, NanRule.UNMODELLED, AddendRule.LAST);
    }
    if (spec.base().isPresent()) {
      UnitRules base = of(spec.base().get());
      return spec instanceof PromotedSpec
          ? new UnitRules(base.truncations, base.subnormals, NanRule.CANONICAL, AddendRule.LAST)
          : base;
    }
    boolean integers =
        spec instanceof BitSerialSpec s && s.integers()
            || spec instanceof IntegerMacSpec
            || spec instanceof PackedMacSpec
            || spec instanceof SramTableSpec
            || spec instanceof TernaryTableSpec
            || spec instanceof BinaryMacSpec
            || spec instanceof BitPlaneMacSpec;
    if (integers) {
      return new UnitRules(List.of(), Subnormals.NONE, NanRule.NONE, AddendRule.EXACT);
    }
    boolean exact = spec instanceof KulischSpec || spec instanceof ExactGroupDotSpec;
    return rounded(false, NanRule.UNMODELLED, exact ? AddendRule.EXACT : AddendRule.FIRST);
  }

  private static UnitRules aligned(RoundingMode truncation, AddendRule addend) {
    return new UnitRules(List.of(truncation), Subnormals.KEPT, NanRule.CANONICAL, addend);
  }

  private static UnitRules rounded(boolean flushing, NanRule nan, AddendRule addend) {
    return new UnitRules(List.of(), flushing ? Subnormals.FLUSHED : Subnormals.KEPT, nan, addend);
  }

  /** Directions of truncation in lower case, joined by {@code then}; empty if nothing is cut. */
  public String truncation() {
    return String.join(
        " then ", truncations.stream().map(t -> t.name().toLowerCase(Locale.ROOT)).toList());
  }
}
