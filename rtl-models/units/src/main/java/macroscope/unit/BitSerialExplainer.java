package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Sharing;

/**
 * Explains bit-serial tables: which sums of the tabled operand each plane of the other looks up, what
 * the tables hold of them, and what lookups times the weights of their planes add up to.
 */
final class BitSerialExplainer {

  private final BitSerialSpec spec;
  private final Explainer.Operands x;
  private final BitSerialUnit unit;
  private final SerialDigits digits;
  private final BitSerialKernel kernel;
  private final BitSerialOperand.Planes planes;
  private final NumberFormat tabled;
  private final long[] values;
  private final String name;
  private final List<Explanation.Item> items = new ArrayList<>();

  BitSerialExplainer(BitSerialSpec spec, Explainer.Operands x) {
    this.spec = spec;
    this.x = x;
    this.unit = new BitSerialUnit(spec);
    this.digits = SerialDigits.of(spec.serialFormat(), spec.table().digits());
    boolean left = spec.tabled() == Sharing.Operand.LEFT;
    BitSerialOperand a = unit.prepareA(PassExplainer.row(spec.a(), x.a()));
    BitSerialOperand b = unit.prepareB(PassExplainer.row(spec.b(), x.b()));
    this.planes = (BitSerialOperand.Planes) (left ? b : a);
    this.kernel = unit.kernel(left ? a : b, planes);
    kernel.load(0);
    this.tabled = spec.tabledFormat();
    this.values = left ? x.a() : x.b();
    this.name = left ? "a[" : "b[";
  }

  Explanation explain() {
    boolean whole = spec.integers() || spec.alignment().keptFractionBits().isPresent();
    int step = whole ? planes.groups() : spec.tables();
    List<Explanation.Step> steps = new ArrayList<>();
    long code = x.c();
    for (int from = 0; from < planes.groups(); from += step) {
      steps.add(step(from, from + step, code));
      code = steps.get(steps.size() - 1).code();
    }
    Explanation.Conversion tables =
        new Explanation.Conversion(
            "sums of " + spec.table().inputs() + ", as tables hold them", items);
    return new Explanation(List.of(tables), steps, code);
  }

  private Explanation.Step step(int from, int to, long before) {
    NumberFormat sums = spec.accumulator();
    StepBuilder sum =
        new StepBuilder((from == 0 ? "c + tables " : "then c + tables ") + from + ".." + (to - 1));
    sum.add("c", sums.decode(before));
    for (int plane = 0; plane < digits.planes(); plane++) {
      for (int table = from; table < to; table++) {
        lookup(table, plane, sum);
      }
    }
    for (int table = from; table < to && digits.offset() != 0; table++) {
      Value all = kernel.all(table, spec.table().inputs());
      sum.add("offset: -1/2 of all of table " + table, weighted(all, digits.offset()));
    }
    return sum.becomes(sums, kernel.add(before, 0, from, to));
  }

  /** Weights are doubled, so that all are integers. */
  private static Value weighted(Value x, int doubled) {
    return ExactValues.product(x, Value.of(doubled, -1));
  }

  private void lookup(int table, int plane, StepBuilder sum) {
    int index = planes.indices()[plane * planes.groups() + table] & 0xFF;
    Value held = kernel.entry(table, index);
    items.add(item(table, plane, index, held));
    Value weight = weighted(Value.of(1, 0), digits.weights()[plane]);
    String term = "plane " + plane + ", table " + table + " entry " + index + " * " + weight(plane);
    sum.add(term, ExactValues.product(held, weight));
  }

  private String weight(int plane) {
    int doubled = digits.weights()[plane];
    return doubled % 2 == 0 ? String.valueOf(doubled / 2) : doubled + "/2";
  }

  /** The sum that an index stands for; beyond the end of K are zeros. */
  private Explanation.Item item(int table, int plane, int index, Value held) {
    boolean signed = spec.table().digits() == BitSerialSpec.Digits.SIGNED;
    StringBuilder text = new StringBuilder("table " + table + ", plane " + plane + ":");
    Value exact = Value.ZERO;
    for (int i = 0; i < spec.table().inputs(); i++) {
      int k = table * spec.table().inputs() + i;
      boolean one = (index >> i & 1) != 0;
      Value value = k < values.length ? tabled.decode(values[k]) : Value.ZERO;
      if (one || signed) {
        exact = ExactValues.sum(exact, one ? value : value.negate());
        text.append(one ? " +" : " -").append(name).append(k).append(']');
      }
    }
    return new Explanation.Item(text.toString(), exact, Optional.empty(), held);
  }
}
