package macroscope.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.SparseMatrix;

/**
 * Explains units with an option around them: what the option does to operands or sums, and the sums of
 * the unit inside as {@link Explainer} explains them.
 */
final class OptionExplainer {

  private static final Pattern PRODUCT = Pattern.compile("a\\[(\\d+)\\]\\*b\\[(\\d+)\\]");

  private OptionExplainer() {}

  /** A slice of operands that begins and ends with blocks of scales, from an addend of zero. */
  private static Explainer.Operands slice(Explainer.Operands x, int from, int to, int block) {
    return new Explainer.Operands(
        Arrays.copyOfRange(x.a(), from, to),
        Arrays.copyOfRange(x.b(), from, to),
        scales(x.scalesA(), from, to, block),
        scales(x.scalesB(), from, to, block),
        0);
  }

  private static long[] scales(long[] scales, int from, int to, int block) {
    int first = Math.min(from / block, scales.length);
    return Arrays.copyOfRange(
        scales, first, Math.max(first, Math.min((to + block - 1) / block, scales.length)));
  }

  private static int block(UnitSpec spec) {
    if (spec instanceof BlockScaledDotSpec s) {
      return s.blockLength();
    }
    return spec instanceof ScaledGroupDotSpec s ? s.blockLength() : 1;
  }

  /** The sums of each interval, then their additions in binary32. */
  static Explanation promoted(PromotedSpec spec, Explainer.Operands x) {
    List<Explanation.Conversion> conversions = new ArrayList<>();
    List<Explanation.Step> steps = new ArrayList<>();
    NumberFormat sums = Units.create(spec.unit()).accumulatorFormat();
    long code = x.c();
    for (int from = 0, part = 0; from < x.a().length; from += spec.interval(), part++) {
      int to = Math.min(from + spec.interval(), x.a().length);
      Explainer.Operands own = slice(x, from, to, block(spec.unit()));
      Explanation inside =
          shifted(Explainer.explain(spec.unit(), own), from).within("p" + part + ": ");
      conversions.addAll(inside.conversions());
      steps.addAll(inside.steps());
      Value partial = sums.decode(inside.result());
      StepBuilder sum = new StepBuilder("promotion: c + p" + part);
      sum.add("c", Formats.BINARY32.decode(code)).add("p" + part, partial);
      code = PromotedUnit.promoted(code, sums, inside.result());
      steps.add(sum.becomes(Formats.BINARY32, code));
    }
    return new Explanation(conversions, steps, code);
  }

  /** Products of a part by their k among all. */
  private static Explanation shifted(Explanation inside, int from) {
    return inside.renamed(name -> products(name, k -> k + from));
  }

  private interface Place {
    int of(int k);
  }

  private static String products(String name, Place place) {
    Matcher m = PRODUCT.matcher(name);
    return m.matches()
        ? "a["
            + place.of(Integer.parseInt(m.group(1)))
            + "]*b["
            + place.of(Integer.parseInt(m.group(2)))
            + "]"
        : name;
  }

  /** What metadata keep and select, then the dense unit on it. */
  static Explanation sparse(SparseDotSpec spec, Explainer.Operands x) {
    OperandPair formats = OperandPair.of(spec.dense()).orElseThrow();
    boolean left = spec.side() == SparseDotSpec.Side.LEFT;
    NumberFormat format = left ? formats.a() : formats.b();
    SparseMatrix kept =
        SparseMatrix.compress(spec.sparsity(), PassExplainer.row(format, left ? x.a() : x.b()));
    int count = kept.kept().columns();
    int[] columns = new int[count];
    Arrays.setAll(columns, k -> kept.column(0, k));
    long[] selected = selected(left ? x.b() : x.a(), columns);
    long[] own = kept.kept().codes();
    Explainer.Operands dense =
        new Explainer.Operands(
            left ? own : selected, left ? selected : own, x.scalesA(), x.scalesB(), x.c());
    return Explainer.explain(spec.dense(), dense)
        .renamed(name -> products(name, k -> k < count ? columns[k] : k))
        .after(metadata(spec, format, own, columns));
  }

  private static long[] selected(long[] codes, int[] columns) {
    return Arrays.stream(columns).mapToLong(k -> k < codes.length ? codes[k] : 0).toArray();
  }

  private static Explanation.Conversion metadata(
      SparseDotSpec spec, NumberFormat format, long[] kept, int[] columns) {
    boolean left = spec.side() == SparseDotSpec.Side.LEFT;
    List<Explanation.Item> items = new ArrayList<>();
    for (int k = 0; k < kept.length; k++) {
      Value value = format.decode(kept[k]);
      String name =
          (left ? "a[" : "b[")
              + columns[k]
              + "] kept in group "
              + columns[k] / spec.sparsity().group()
              + ", selects "
              + (left ? "b[" : "a[")
              + columns[k]
              + "]";
      items.add(new Explanation.Item(name, value, format, kept[k], value));
    }
    return new Explanation.Conversion("metadata, " + spec.sparsity().name(), items);
  }

  /**
   * Each weight as an operand, then the unit on these.
   *
   * @throws IllegalArgumentException if scales are given that come after the products, or their number
   *     does not divide that of the weights
   */
  static Explanation dequantized(DequantizedSpec spec, Explainer.Operands x) {
    if (x.scalesA().length > 0) {
      throw new IllegalArgumentException("only weights are dequantized: scales of a are given");
    }
    double[] scales = scales(spec, x);
    Dequantizer dequantizer = new Dequantizer(spec);
    long[] weights = new long[x.b().length];
    List<Explanation.Item> items = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      weights[k] = dequantizer.operand(x.b()[k], 0, scales[k]);
      Value value = spec.weights().decode(x.b()[k]);
      Value scaled = ExactValues.product(value, Value.of(scales[k]));
      String name = "b[" + k + "] = " + spec.weights().name() + " " + Long.toHexString(x.b()[k]);
      items.add(
          new Explanation.Item(
              name, scaled, spec.operand(), weights[k], spec.operand().decode(weights[k])));
    }
    Explainer.Operands own =
        new Explainer.Operands(x.a(), weights, new long[0], new long[0], x.c());
    return Explainer.explain(spec.unit(), own)
        .after(new Explanation.Conversion("dequantize to " + spec.operand().name(), items));
  }

  private static double[] scales(DequantizedSpec spec, Explainer.Operands x) {
    int products = x.b().length;
    int given = x.scalesB().length;
    double[] scales = new double[products];
    Arrays.fill(scales, IeeeArithmetic.powerOfTwo(0));
    if (given == 0) {
      return scales;
    }
    if (spec.scale() == DequantizedSpec.Scale.AFTER) {
      throw new IllegalArgumentException(
          "scales come after the products and are no part of the sum: " + spec.name());
    }
    if (products % given != 0) {
      throw new IllegalArgumentException(
          "scales of b must divide the " + products + " weights: " + given);
    }
    for (int k = 0; k < products; k++) {
      long code = x.scalesB()[k / (products / given)];
      scales[k] = Formats.BINARY32.decodeDouble(code);
    }
    return scales;
  }

  /** The sum of each block on its array, then their addition. */
  static Explanation mixed(MixedBlocksSpec spec, Explainer.Operands x) {
    MixedBlocksUnit<?, ?> unit = MixedBlocksUnit.of(spec);
    IntegerFormat accumulator = (IntegerFormat) unit.accumulatorFormat();
    List<Explanation.Conversion> conversions = new ArrayList<>();
    List<Explanation.Step> steps = new ArrayList<>();
    EncodedMatrix left = PassExplainer.row(spec.wide(), x.a());
    boolean[] wide = MixedBlocksUnit.wide(spec, left);
    long code = x.c();
    for (int from = 0; from < x.a().length; from += spec.block()) {
      int block = from / spec.block();
      Explainer.Operands own = slice(x, from, Math.min(from + spec.block(), x.a().length), 1);
      UnitSpec array = wide[block] ? spec.high() : spec.low();
      Explanation inside =
          shifted(Explainer.explain(array, wide[block] ? own : narrow(spec, own)), from)
              .within(
                  "block "
                      + block
                      + ", "
                      + (wide[block] ? spec.wide() : spec.narrow()).bits()
                      + " bits: ");
      conversions.addAll(inside.conversions());
      steps.addAll(inside.steps());
      IntegerFormat sums = (IntegerFormat) Units.create(array).accumulatorFormat();
      Value value = sums.decode(inside.result());
      StepBuilder sum = new StepBuilder("c + block " + block);
      sum.add("c", accumulator.decode(code)).add("block " + block, value);
      code = MixedBlocksUnit.added(accumulator, code, sums, inside.result());
      steps.add(sum.becomes(accumulator, code));
    }
    return new Explanation(conversions, steps, code);
  }

  private static Explainer.Operands narrow(MixedBlocksSpec spec, Explainer.Operands x) {
    long mask = -1L >>> (Long.SIZE - spec.narrow().bits());
    long[] cut = Arrays.stream(x.a()).map(code -> code & mask).toArray();
    return new Explainer.Operands(cut, x.b(), x.scalesA(), x.scalesB(), x.c());
  }
}
