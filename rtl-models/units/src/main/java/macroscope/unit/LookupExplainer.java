package macroscope.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/**
 * Explains T-MAC's lookups: which sums of four activations are looked up and what the tables hold of
 * them, the sums of lookups with their scale and bias, tile after tile with the scale of the weights, and
 * how the planes are put together. Roundings are those of the unit's own arithmetic.
 */
final class LookupExplainer {

  private static final int INPUTS = LookupTableSpec.TABLE_INPUTS;

  private final LookupTableSpec spec;
  private final LookupTableArithmetic arithmetic;
  private final NumberFormat real;
  private final long[] a;
  private final int[] w;
  private final double[] values;
  private final long addend;
  private final LookupTableUnit unit;
  private final ActivationTables tables;
  private final WeightPlanes weights;
  private final List<Explanation.Item> items = new ArrayList<>();
  private final List<Explanation.Step> steps = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if scales of activations are given, or not one scale for each
   *     group of weights
   */
  LookupExplainer(LookupTableSpec spec, Explainer.Operands x) {
    this.spec = spec;
    this.unit = new LookupTableUnit(spec);
    this.arithmetic = LookupTableArithmetic.of(spec.numberSystem());
    this.real = arithmetic.format();
    if (x.scalesA().length > 0) {
      throw new IllegalArgumentException("activations are real numbers without scales");
    }
    int padded = spec.paddedInputs(x.a().length);
    this.a = Arrays.copyOf(x.a(), padded);
    this.w = new int[padded];
    Arrays.fill(w, 1 << (spec.weightBits() - 1));
    byte[] codes = new byte[x.b().length];
    IntegerFormat integers = weightFormat(spec);
    for (int k = 0; k < codes.length; k++) {
      w[k] = (int) integers.integer(x.b()[k]) + (1 << (spec.weightBits() - 1));
      codes[k] = (byte) w[k];
    }
    this.values = Arrays.stream(x.a()).mapToDouble(real::decodeDouble).toArray();
    this.addend = x.c();
    this.tables = unit.prepareActivations(1, values.length, values);
    int group = spec.weightGroup();
    this.weights =
        unit.prepareWeights(1, codes.length, codes, group, scales(x, group), new double[0]);
  }

  /** Weights as they are named on the command line: two's complement. */
  static IntegerFormat weightFormat(LookupTableSpec spec) {
    int bits = spec.weightBits();
    return new IntegerFormat("int" + bits, bits, true, false, 0);
  }

  private static double[] scales(Explainer.Operands x, int group) {
    int count = group == 0 ? 1 : (x.b().length + group - 1) / group;
    double[] scales = new double[count];
    Arrays.fill(scales, IeeeArithmetic.powerOfTwo(0));
    if (x.scalesB().length > 0) {
      if (x.scalesB().length != count) {
        throw new IllegalArgumentException(
            "scales of b must number " + count + ": " + x.scalesB().length);
      }
      Arrays.setAll(scales, i -> Formats.BINARY32.decodeDouble(x.scalesB()[i]));
    }
    return scales;
  }

  Explanation explain() {
    long result = spec.unified() ? unified() : scaled();
    if (addend != 0) {
      StepBuilder sum = new StepBuilder("c + result");
      sum.add("c", real.decode(addend)).add("result", real.decode(result));
      float added = arithmetic.add(arithmetic.value(addend), arithmetic.value(result));
      result = arithmetic.code(added);
      steps.add(sum.becomes(real, result));
    }
    Explanation.Conversion looked =
        new Explanation.Conversion(
            "sums of " + INPUTS + " activations, as tables hold them", items);
    return new Explanation(List.of(looked), steps, result);
  }

  private long scaled() {
    float[] planes = new float[spec.weightBits()];
    for (int tile = 0; tile < weights.tiles(); tile++) {
      for (int plane = 0; plane < planes.length; plane++) {
        planes[plane] = tile(tile, plane, planes[plane]);
      }
    }
    float result = arithmetic.round(PlaneCombiner.combine(planes, 0, planes.length));
    StepBuilder sum = new StepBuilder("planes");
    for (int plane = 0; plane < planes.length; plane++) {
      Value weight = Value.of(1, plane - 1);
      Value value = value(planes[plane]);
      sum.add("plane " + plane + " * 2^" + (plane - 1), ExactValues.product(value, weight));
    }
    steps.add(sum.becomes(real, arithmetic.code(result)));
    return arithmetic.code(result);
  }

  private Value value(float x) {
    return real.decode(arithmetic.code(x));
  }

  private float tile(int tile, int plane, float before) {
    int groups = spec.tablesPerCall() / spec.lookupsPerSum();
    String where = "tile " + tile + ", plane " + plane;
    StepBuilder sum = new StepBuilder(where + ": groups");
    float total = 0;
    for (int group = 0; group < groups; group++) {
      float part = group(tile, plane, group, where + ", group " + group);
      sum.add("group " + group, value(part));
      total = group == 0 ? part : arithmetic.add(total, part);
    }
    if (groups > 1) {
      steps.add(sum.becomes(real, arithmetic.code(total)));
    }
    float scale = weights.scales()[tile];
    float after = arithmetic.fma(total, scale, before);
    steps.add(
        new StepBuilder(where + ": times the scale of the weights")
            .add("plane " + plane + " before", value(before))
            .add("sum * scale", ExactValues.product(value(total), value(scale)))
            .becomes(real, arithmetic.code(after)));
    return after;
  }

  /** The lookups of a group times the scale of its tables; plane 0 takes the bias. */
  private float group(int tile, int plane, int group, String where) {
    int lookups = spec.lookupsPerSum();
    int first = tile * spec.tablesPerCall() + group * lookups;
    int at = first * INPUTS / spec.activationGroup();
    float scale = tables.scales()[at];
    float bias = tables.biases()[at];
    StepBuilder sum = new StepBuilder(where);
    int[] entries = new int[lookups];
    for (int i = 0; i < lookups; i++) {
      entries[i] = lookup(first + i, plane, scale);
      Value entry = ExactValues.product(Value.of(entries[i], 0), value(scale));
      sum.add("table " + (first + i) + ": " + entries[i] + " * scale", entry);
    }
    if (plane == 0) {
      sum.add("bias, minus the sum of all activations", value(bias));
    }
    int mean = Arrays.stream(entries).sum();
    if (spec.aggregation() != LookupTableSpec.Aggregation.EXACT) {
      mean =
          FastAggregation.tree(entries, spec.aggregation().averagesUnsigned(spec.numberSystem()));
      scale = arithmetic.multiply(scale, IeeeArithmetic.round32(lookups));
      bias = arithmetic.fastBias(bias, scale, lookups, spec.weightBits(), spec.aggregation());
    }
    float v = IeeeArithmetic.round32(mean);
    float scaled = plane == 0 ? arithmetic.fma(v, scale, bias) : arithmetic.multiply(v, scale);
    steps.add(sum.becomes(real, arithmetic.code(scaled)));
    return scaled;
  }

  /** What table i holds of the sum that the plane of its weights chooses; told as an item. */
  private int lookup(int table, int plane, float scale) {
    int index = 0;
    Value sum = Value.ZERO;
    StringBuilder signs = new StringBuilder();
    for (int i = 0; i < INPUTS; i++) {
      int k = table * INPUTS + i;
      boolean plus = (w[k] >> plane & 1) != 0;
      index |= plus ? 1 << i : 0;
      Value activation = real.decode(a[k]);
      sum = ExactValues.sum(sum, plus ? activation : activation.negate());
      signs.append(plus ? " +a[" : " -a[").append(k).append(']');
    }
    int entry = tables.entries()[table * ActivationTables.ENTRIES + index];
    Value held = ExactValues.product(Value.of(entry, 0), value(scale));
    items.add(
        new Explanation.Item(
            "table " + table + ", plane " + plane + ":" + signs,
            sum,
            Formats.canonical("int8"),
            entry & 0xFF,
            held));
    return entry;
  }

  /** One scale of all activations: planes are integers, and the last steps binary32. */
  private long unified() {
    int[] planes = new int[spec.weightBits()];
    float scale = tables.scales()[0];
    NumberFormat integers = Formats.canonical("int32");
    for (int plane = 0; plane < planes.length; plane++) {
      StepBuilder sum = new StepBuilder("plane " + plane + ": integers");
      for (int table = 0; table < a.length / INPUTS; table++) {
        int entry = lookup(table, plane, scale);
        sum.add("table " + table, Value.of(entry, 0));
        planes[plane] += entry;
      }
      steps.add(sum.becomes(integers, planes[plane] & -1L >>> Integer.SIZE));
    }
    float bias = tables.biases()[0];
    float weightScale = weights.scales()[0];
    float result =
        arithmetic.round(PlaneCombiner.combine(planes, 0, planes.length, scale, bias, weightScale));
    StepBuilder sum = new StepBuilder("planes, scales and bias");
    Value factor = ExactValues.product(value(scale), value(weightScale));
    for (int plane = 0; plane < planes.length; plane++) {
      Value weighted = Value.of(planes[plane], plane - 1);
      sum.add(
          "plane " + plane + " * 2^" + (plane - 1) + " * scales",
          ExactValues.product(weighted, factor));
    }
    Value half = ExactValues.product(value(bias), Value.of(1, -1));
    sum.add("bias / 2 * scale of the weights", ExactValues.product(half, value(weightScale)));
    steps.add(sum.becomes(real, arithmetic.code(result)));
    return arithmetic.code(result);
  }
}
