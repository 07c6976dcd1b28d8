package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.IntegerFormat;
import macroscope.format.Value;

/** Explains ternary tables: which index neighbouring weights are, and which sum it looks up. */
final class TernaryExplainer {

  private final TernaryTableSpec spec;
  private final Explainer.Operands x;

  TernaryExplainer(TernaryTableSpec spec, Explainer.Operands x) {
    this.spec = spec;
    this.x = x;
  }

  Explanation explain() {
    TernaryTableUnit unit = new TernaryTableUnit(spec);
    IntegerFormat accumulator = (IntegerFormat) unit.accumulatorFormat();
    List<Explanation.Step> steps = new ArrayList<>();
    long code = x.c();
    for (int from = 0; from < x.a().length; from += spec.length()) {
      int to = Math.min(from + spec.length(), x.a().length);
      StepBuilder sum =
          new StepBuilder(
              (from == 0 ? "c + lookups " : "then c + lookups ") + from + ".." + (to - 1));
      sum.add("c", accumulator.decode(code));
      for (int k = from; k < to; k += spec.packing().inputs()) {
        long entry = entry(k, Math.min(k + spec.packing().inputs(), to), sum);
        code = code + entry & -1L >>> (Long.SIZE - accumulator.bits());
      }
      steps.add(sum.becomes(accumulator, code));
    }
    return new Explanation(steps, code);
  }

  private long entry(int from, int to, StepBuilder sum) {
    byte[] weights = new byte[spec.packing().inputs()];
    StringBuilder name = new StringBuilder();
    long entry = 0;
    for (int k = from; k < to; k++) {
      int weight = (int) weight(x.b()[k]);
      weights[k - from] = (byte) weight;
      entry += weight * spec.a().integer(x.a()[k]);
      name.append(weight == 0 ? " 0" : (weight < 0 ? " -a[" : " +a[") + k + "]");
    }
    int index = spec.packing().codes(weights)[0];
    boolean negative = (index >> TernaryPacking.SIGN_BIT & 1) != 0;
    String code = (negative ? "-" : "") + (index & ~(1 << TernaryPacking.SIGN_BIT));
    String table = "table of a[" + from + ".." + (from + weights.length - 1) + "], index ";
    sum.add(table + code + ":" + name, Value.of(entry, 0));
    return entry;
  }

  /** Two bits in two's complement; other codes are refused by the packing. */
  private static long weight(long code) {
    return code << 62 >> 62;
  }
}
