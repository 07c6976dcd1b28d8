package macroscope.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/**
 * Explains dot products of units that align nothing to a common exponent, or not in one sum: step by
 * step what goes into a sum, exactly, and what the unit itself makes of it. A step is as short as the
 * unit's roundings are apart, one multiply-add in a chain.
 */
final class PassExplainer {

  private final UnitSpec spec;
  private final UnitOperands formats;
  private final Explainer.Operands x;

  /**
   * @throws IllegalArgumentException if the unit does not multiply plain codes
   */
  PassExplainer(UnitSpec spec, Explainer.Operands x) {
    this.spec = spec;
    this.x = x;
    this.formats =
        UnitOperands.of(spec)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "only units that multiply plain codes are explained: " + spec.name()));
  }

  /** The finest steps that end in what the unit gives for all products at once. */
  List<Explanation.Step> steps() {
    long whole = run(Units.create(spec), 0, x.a().length, x.c());
    for (UnitSpec part : List.of(shortest(spec), spec)) {
      List<Explanation.Step> steps = steps(part);
      if (steps.get(steps.size() - 1).code() == whole) {
        return steps;
      }
    }
    return List.of(step(Units.create(spec), 0, x.a().length, x.c()));
  }

  /** The unit of one rounding where passes have several. */
  private static UnitSpec shortest(UnitSpec spec) {
    if (spec instanceof PairwiseDotSpec s) {
      int group = s.groupLength();
      return new PairwiseDotSpec(s.name(), s.a(), s.b(), group, group, s.flushing());
    }
    if (spec instanceof TwoLevelDotSpec s) {
      int group = s.groupLength();
      return new TwoLevelDotSpec(s.name(), s.a(), s.b(), group, group, s.lanes());
    }
    if (spec instanceof ExactGroupDotSpec s) {
      int group = s.groupLength();
      return new ExactGroupDotSpec(s.name(), s.a(), s.b(), s.output(), group, group);
    }
    if (spec instanceof FmaChainSpec s) {
      return new FmaChainSpec(s.name(), s.format(), 1);
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return new LogarithmicSumSpec(s.name(), s.a(), s.b(), s.accumulator(), s.indexBits(), 1);
    }
    if (spec instanceof VectorFmaSpec s && s.order() != VectorFmaSpec.Order.TWO_SUMS) {
      int products = s.order() == VectorFmaSpec.Order.ASCENDING ? 1 : 2;
      return new VectorFmaSpec(
          s.name(), s.operand(), s.accumulator(), products, s.order(), s.flushing());
    }
    return spec;
  }

  /** Steps of {@code part} through all whole passes of the unit, and one of what is left. */
  private List<Explanation.Step> steps(UnitSpec part) {
    DotProductUnit<?> unit = Units.create(spec);
    DotProductUnit<?> small = Units.create(part);
    int products = x.a().length;
    int whole = carries() ? products / unit.length() * unit.length() : 0;
    List<Explanation.Step> steps = new ArrayList<>();
    long code = x.c();
    for (int k = 0; k < whole; k += small.length()) {
      steps.add(step(small, k, k + small.length(), code));
      code = steps.get(steps.size() - 1).code();
    }
    if (whole < products) {
      steps.add(step(unit, whole, products, code));
    }
    return steps;
  }

  /** Whether a pass leaves all it knows in its result, so that the next can go on from there. */
  private boolean carries() {
    return !(spec instanceof KulischSpec || spec instanceof MacSpec);
  }

  private Explanation.Step step(DotProductUnit<?> unit, int from, int to, long addend) {
    NumberFormat output = unit.accumulatorFormat();
    String products = to - from == 1 ? "product " + from : "products " + from + ".." + (to - 1);
    StepBuilder step = new StepBuilder((from == 0 ? "c + " : "then c + ") + products);
    step.add("c", output.decode(addend));
    for (int k = from; k < to; k++) {
      Value product =
          ExactValues.product(formats.a().decode(x.a()[k]), formats.b().decode(x.b()[k]));
      step.add("a[" + k + "]*b[" + k + "]", product);
    }
    return step.becomes(output, run(unit, from, to, addend));
  }

  private long run(DotProductUnit<?> unit, int from, int to, long addend) {
    long[] left = Arrays.copyOfRange(x.a(), from, to);
    long[] right = Arrays.copyOfRange(x.b(), from, to);
    return dot(unit, formats, left, right, addend);
  }

  /** What a unit makes of one dot product of plain codes. */
  static <P> long dot(
      DotProductUnit<P> unit, UnitOperands formats, long[] a, long[] b, long addend) {
    Accumulators sum = new Accumulators(unit.accumulatorFormat(), 1, 1, new long[] {addend});
    P left = unit.prepareA(row(formats.a(), a));
    P right = unit.prepareB(row(formats.b(), b));
    unit.gemm(left, right, 0, a.length, sum);
    return sum.codes()[0];
  }

  /** One row of codes without scales. */
  static EncodedMatrix row(NumberFormat format, long[] codes) {
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, 1, codes.length, codes, List.of());
  }
}
