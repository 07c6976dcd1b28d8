package macroscope.unit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value.Kind;

/**
 * Explains dot products. Of the fused families (fused, block-scaled, scaled-group, interleaved) terms
 * are found and cut in unlimited integers, sums rounded by the output stage of the unit. Tables, counts
 * of bits, options around units have explainers of their own; all others go pass by pass ({@link
 * PassExplainer}).
 */
public final class Explainer {

  /**
   * What a unit multiplies.
   *
   * @param a codes of the left operand
   * @param b as many codes of the right operand
   * @param scalesA codes of the scales of its blocks; where one is missing it is 1
   * @param scalesB the same of the right operand
   * @param c code of the addend, of the accumulator format
   */
  public record Operands(long[] a, long[] b, long[] scalesA, long[] scalesB, long c) {
    public Operands {
      if (a.length != b.length) {
        throw new IllegalArgumentException(
            "b must have as many codes as a, " + a.length + ": " + b.length);
      }
    }
  }

  private final List<Explanation.Step> steps = new ArrayList<>();

  private Explainer() {}

  /**
   * The dot product of a unit, pass after pass; a last short pass is filled up with zeros.
   *
   * @throws IllegalArgumentException if the unit has no scales but {@code x} has, or an operand is none
   *     that it reads
   */
  public static Explanation explain(UnitSpec spec, Operands x) {
    if (spec instanceof PromotedSpec s) {
      return OptionExplainer.promoted(s, x);
    }
    if (spec instanceof PipelinedSpec s) {
      return explain(s.unit(), x);
    }
    if (spec instanceof SparseDotSpec s) {
      return OptionExplainer.sparse(s, x);
    }
    if (spec instanceof DequantizedSpec s) {
      return OptionExplainer.dequantized(s, x);
    }
    if (spec instanceof LookupTableSpec s) {
      return new LookupExplainer(s, x).explain();
    }
    if (x.scalesA.length + x.scalesB.length > 0 && !hasBlockScales(spec)) {
      throw new IllegalArgumentException("the unit has no scales: " + spec.name());
    }
    return withoutScales(spec, x);
  }

  private static boolean hasBlockScales(UnitSpec spec) {
    return spec instanceof BlockScaledDotSpec || spec instanceof ScaledGroupDotSpec;
  }

  private static Explanation withoutScales(UnitSpec spec, Operands x) {
    if (spec instanceof MixedBlocksSpec s) {
      return OptionExplainer.mixed(s, x);
    }
    if (spec instanceof BinaryMacSpec s) {
      return BitExplainer.binary(s, x);
    }
    if (spec instanceof BitPlaneMacSpec s) {
      return BitExplainer.planes(s, x);
    }
    if (spec instanceof TernaryTableSpec s) {
      return new TernaryExplainer(s, x).explain();
    }
    if (spec instanceof BitSerialSpec s && s.factors().real()) {
      throw new IllegalArgumentException(
          "planes with real factors are no codes that can be given: " + spec.name());
    }
    if (spec instanceof BitSerialSpec s) {
      return new BitSerialExplainer(s, x).explain();
    }
    if (spec instanceof CodebookSpec s) {
      return new CodebookExplainer(s, x).explain();
    }
    Explainer explainer = new Explainer();
    long result = explainer.result(spec, x);
    return new Explanation(explainer.steps, result);
  }

  private long result(UnitSpec spec, Operands x) {
    if (spec instanceof BlockScaledDotSpec s) {
      BlockExponents scales = new BlockExponents(s.scale(), s.blockLength(), x);
      return fused(
          s.dot(), padded(x.a, s.dot().length()), padded(x.b, s.dot().length()), x.c, scales);
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return scaledGroups(s, x);
    }
    if (spec instanceof FusedDotSpec s) {
      return fused(s, padded(x.a, s.length()), padded(x.b, s.length()), x.c, BlockExponents.NONE);
    }
    if (spec instanceof InterleavedDotSpec s) {
      return interleaved(s, x);
    }
    steps.addAll(new PassExplainer(spec, x).steps());
    return steps.get(steps.size() - 1).code();
  }

  private static long[] padded(long[] codes, int length) {
    return Arrays.copyOf(codes, (codes.length + length - 1) / length * length);
  }

  /**
   * Scales of blocks.
   *
   * @param one code of the scale 1, which missing blocks have
   */
  private record BlockExponents(FloatFields fields, int blockLength, long[] a, long[] b, long one) {
    static final BlockExponents NONE =
        new BlockExponents(new FloatFields(Formats.E8M0), 1, new long[0], new long[0], 127);

    BlockExponents(FloatFormat format, int blockLength, Operands x) {
      this(
          new FloatFields(format),
          blockLength,
          x.scalesA,
          x.scalesB,
          (long) format.bias() << format.fractionBits());
    }

    private static long at(long[] scales, int block, long one) {
      return block < scales.length ? scales[block] : one;
    }

    boolean nan(int k) {
      return fields.kind(scaleA(k)) == Kind.NAN || fields.kind(scaleB(k)) == Kind.NAN;
    }

    private long scaleA(int k) {
      return at(a, k / blockLength, one);
    }

    private long scaleB(int k) {
      return at(b, k / blockLength, one);
    }

    int exponent(int k) {
      return fields.exponent(scaleA(k)) + fields.exponent(scaleB(k));
    }

    long significand(int k) {
      return fields.significand(scaleA(k)) * fields.significand(scaleB(k));
    }
  }

  private static FloatRounder rounder(FusedDotSpec s) {
    return new FloatRounder(s.accumulator(), s.outputFractionBits(), s.finalRounding());
  }

  private long fused(FusedDotSpec s, long[] a, long[] b, long c, BlockExponents scales) {
    long code = c;
    for (int from = 0; from < a.length; from += s.groupLength()) {
      int[] group = IntStream.range(from, from + s.groupLength()).toArray();
      String what = "c + products " + from + ".." + (from + s.groupLength() - 1);
      code = group(s, a, b, group, "c", code, scales, from == 0 ? what : "then " + what);
    }
    return code;
  }

  /** One aligned sum of the products of these k and an addend. */
  private long group(
      FusedDotSpec s,
      long[] a,
      long[] b,
      int[] ks,
      String addend,
      long c,
      BlockExponents scales,
      String what) {
    ExplainedSum sum =
        new ExplainedSum(rounder(s), s.accumulator(), s.keptFractionBits(), s.alignment());
    sum.addAddend(addend, c);
    FloatFields x = new FloatFields(s.a());
    FloatFields y = new FloatFields(s.b());
    int fraction = s.a().fractionBits() + s.b().fractionBits();
    for (int k : ks) {
      String name = "a[" + k + "]*b[" + k + "]";
      Extreme extreme = scales.nan(k) ? Extreme.NAN : CodeRows.ofProduct(x, a[k], y, b[k]);
      if (extreme == Extreme.NONE) {
        int exponent = x.exponent(a[k]) + y.exponent(b[k]) + scales.exponent(k);
        long significand = x.significand(a[k]) * y.significand(b[k]);
        sum.add(name, BigInteger.valueOf(significand), exponent - fraction, exponent);
      } else {
        sum.addSpecial(name, extreme);
      }
    }
    return add(sum.step(what, s.alignment()));
  }

  private long add(Explanation.Step step) {
    steps.add(step);
    return step.code();
  }

  private long scaledGroups(ScaledGroupDotSpec s, Operands x) {
    long[] a = padded(x.a, s.length());
    long[] b = padded(x.b, s.length());
    BlockExponents scales = new BlockExponents(s.scale(), s.blockLength(), x);
    FloatFormat output = s.accumulator();
    FloatRounder rounder = new FloatRounder(output, output.fractionBits(), s.finalRounding());
    long code = x.c;
    for (int from = 0; from < a.length; from += s.length()) {
      ExplainedSum sum = new ExplainedSum(rounder, output, s.keptFractionBits(), Alignment.USUAL);
      sum.addAddend("c", code);
      for (int k = from; k < from + s.length(); k += s.groupLength()) {
        addGroup(s, a, b, k, scales, sum);
      }
      String what = "c + groups of products " + from + ".." + (from + s.length() - 1);
      code = add(sum.step(from == 0 ? what : "then " + what, Alignment.USUAL));
    }
    return code;
  }

  private static void addGroup(
      ScaledGroupDotSpec s, long[] a, long[] b, int from, BlockExponents scales, ExplainedSum sum) {
    int to = from + s.groupLength();
    String name = "scales * sum of a[k]*b[k], k = " + from + ".." + (to - 1);
    if (scales.nan(from)) {
      sum.addSpecial(name, Extreme.NAN);
      return;
    }
    int lastBit =
        s.a().minExponent() - s.a().fractionBits() + s.b().minExponent() - s.b().fractionBits();
    BigInteger group = BigInteger.ZERO;
    FloatFields x = new FloatFields(s.a());
    FloatFields y = new FloatFields(s.b());
    for (int k = from; k < to; k++) {
      if (!x.zero(a[k]) && !y.zero(b[k])) {
        int up = x.exponent(a[k]) - s.a().minExponent() + y.exponent(b[k]) - s.b().minExponent();
        BigInteger product = BigInteger.valueOf(x.significand(a[k]) * y.significand(b[k]));
        group = group.add(product.shiftLeft(up));
      }
    }
    int exponent = scales.exponent(from);
    BigInteger scaled = group.multiply(BigInteger.valueOf(scales.significand(from)));
    sum.add(name, scaled, lastBit - 2 * s.scale().fractionBits() + exponent, exponent);
  }

  private long interleaved(InterleavedDotSpec s, Operands x) {
    long[] a = binary16(s.a(), padded(x.a, s.length()));
    long[] b = binary16(s.b(), padded(x.b, s.length()));
    long code = x.c;
    for (int from = 0; from < a.length; from += s.length()) {
      int[] first = half(from, s.length(), 0);
      int[] second = half(from, s.length(), 2);
      long half =
          group(
              s.dot(), a, b, first, "0", 0, BlockExponents.NONE, "h1: products, k mod 4 in {0, 1}");
      half =
          group(
              s.dot(),
              a,
              b,
              second,
              "h1",
              half,
              BlockExponents.NONE,
              "h2: h1 + products, k mod 4 in {2, 3}");
      code = addition(s, code, half);
    }
    return code;
  }

  private static int[] half(int from, int length, int phase) {
    return IntStream.range(from, from + length).filter(k -> (k & 2) == phase).toArray();
  }

  private static long[] binary16(FloatFormat format, long[] codes) {
    return Arrays.stream(codes)
        .map(
            code ->
                Formats.BINARY16.encode(
                    format.decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE))
        .toArray();
  }

  /** The addition of the addend, which cuts nothing off before it rounds. */
  private long addition(InterleavedDotSpec s, long c, long half) {
    FloatFormat output = s.accumulator();
    FloatRounder nearest =
        new FloatRounder(output, output.fractionBits(), RoundingMode.TIES_TO_EVEN);
    ExplainedSum sum = new ExplainedSum(nearest, output, output.fractionBits(), Alignment.USUAL);
    sum.addAddend("c", c);
    sum.addAddend("h2", half);
    return add(sum.exactStep("d: c + h2"));
  }
}
