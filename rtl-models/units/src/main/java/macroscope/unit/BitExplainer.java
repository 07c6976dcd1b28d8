package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/** Explains units that count bits: which planes meet, how many ones they leave, what those weigh. */
final class BitExplainer {

  private BitExplainer() {}

  static Explanation binary(BinaryMacSpec spec, Explainer.Operands x) {
    NumberFormat accumulator = Units.create(spec).accumulatorFormat();
    List<Explanation.Step> steps = new ArrayList<>();
    long code = x.c();
    for (int from = 0; from < x.a().length; from += spec.length()) {
      int to = Math.min(from + spec.length(), x.a().length);
      long ones = ones(spec.operation(), x, 0, 0, from, to);
      StepBuilder sum = new StepBuilder(name(from, to));
      sum.add("c", accumulator.decode(code));
      sum.add("ones of a " + spec.operation().name() + " b", Value.of(ones, 0));
      code = wrapped(code + ones, spec.accumulatorBits());
      steps.add(sum.becomes(accumulator, code));
    }
    return new Explanation(steps, code);
  }

  private static String name(int from, int to) {
    return (from == 0 ? "c + bits " : "then c + bits ") + from + ".." + (to - 1);
  }

  static Explanation planes(BitPlaneMacSpec spec, Explainer.Operands x) {
    NumberFormat accumulator = Units.create(spec).accumulatorFormat();
    List<Explanation.Step> steps = new ArrayList<>();
    long code = x.c();
    for (int from = 0; from < x.a().length; from += spec.length()) {
      int to = Math.min(from + spec.length(), x.a().length);
      StepBuilder sum = new StepBuilder(name(from, to));
      sum.add("c", accumulator.decode(code));
      for (int p = 0; p < spec.a().bits(); p++) {
        for (int q = 0; q < spec.b().bits(); q++) {
          long term = term(spec, x, p, q, from, to, sum);
          code = wrapped(code + term, spec.accumulatorBits());
        }
      }
      steps.add(sum.becomes(accumulator, code));
    }
    return new Explanation(steps, code);
  }

  /** Adds what two planes give to a step and returns it. */
  private static long term(
      BitPlaneMacSpec spec, Explainer.Operands x, int p, int q, int from, int to, StepBuilder sum) {
    long ones = ones(spec.operation(), x, p, q, from, to);
    long products = spec.bipolar() ? to - from - 2 * ones : ones;
    boolean negative = isSign(spec.a(), p) != isSign(spec.b(), q);
    long weight = (negative ? -1L : 1L) << (p + q);
    String name =
        "a plane "
            + p
            + " "
            + spec.operation().name()
            + " b plane "
            + q
            + ": "
            + ones
            + " ones"
            + (spec.bipolar() ? ", " + (to - from) + " - 2 * " + ones + " = " + products : "")
            + ", times "
            + weight;
    sum.add(name, Value.of(weight * products, 0));
    return weight * products;
  }

  private static boolean isSign(NumberFormat format, int plane) {
    return format instanceof IntegerFormat && format.signed() && plane == format.bits() - 1;
  }

  private static long ones(
      BinaryMacSpec.Operation operation, Explainer.Operands x, int p, int q, int from, int to) {
    long ones = 0;
    for (int k = from; k < to; k++) {
      long a = x.a()[k] >>> p & 1;
      long b = x.b()[k] >>> q & 1;
      ones += operation == BinaryMacSpec.Operation.AND ? a & b : a ^ b;
    }
    return ones;
  }

  private static long wrapped(long sum, int bits) {
    return sum & -1L >>> (Long.SIZE - bits);
  }
}
