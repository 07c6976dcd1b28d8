package macroscope.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.tensor.Coding;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.VectorCodebook;

/**
 * Explains units for codebooks on weights that are given as the entries themselves: each vector is one
 * entry of the first codebook, and entries of others are zeros.
 */
final class CodebookExplainer {

  private final CodebookSpec spec;
  private final Explainer.Operands x;
  private final int vectors;

  /**
   * @throws IllegalArgumentException if sums of tables of several codebooks would be asked for
   */
  CodebookExplainer(CodebookSpec spec, Explainer.Operands x) {
    this.spec = spec;
    this.x = x;
    this.vectors = (x.a().length + spec.dimension() - 1) / spec.dimension();
    boolean one = spec.indexBits().size() == 1;
    if (spec.form() == CodebookSpec.Form.ACTIVATION_TABLES && !one) {
      throw new IllegalArgumentException(
          "sums that tables of several codebooks give need their indices, which are not given: "
              + spec.name());
    }
  }

  Explanation explain() {
    return spec.form() == CodebookSpec.Form.DECODE ? decoded() : looked();
  }

  /** Multiply-adds in binary32, which holds the numbers of both operands. */
  private Explanation decoded() {
    FmaChainSpec chain = new FmaChainSpec(spec.name(), Formats.BINARY32, spec.length());
    long[] a = widened(spec.a(), Arrays.copyOf(x.a(), vectors * spec.dimension()));
    long[] b = widened(spec.stored(), Arrays.copyOf(x.b(), vectors * spec.dimension()));
    return Explainer.explain(chain, new Explainer.Operands(a, b, new long[0], new long[0], x.c()));
  }

  private static long[] widened(FloatFormat format, long[] codes) {
    return Arrays.stream(codes)
        .map(
            code ->
                Formats.BINARY32.encode(
                    format.decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE))
        .toArray();
  }

  /** The entry of each vector in its table, then their additions. */
  private Explanation looked() {
    List<Explanation.Item> items = new ArrayList<>();
    List<Explanation.Step> steps = new ArrayList<>();
    long code = x.c();
    for (int v = 0; v < vectors; v++) {
      Value entry = Formats.BINARY32.decode(entry(v));
      int from = v * spec.dimension();
      int to = Math.min(from + spec.dimension(), x.a().length);
      items.add(
          new Explanation.Item(
              "sum of a[k]*b[k], k = " + from + ".." + (to - 1),
              exact(from, to),
              Optional.empty(),
              entry));
      StepBuilder sum = new StepBuilder((v == 0 ? "c + vector " : "then c + vector ") + v);
      sum.add("c", Formats.BINARY32.decode(code)).add("entry of vector " + v, entry);
      code =
          IeeeArithmetic.code32(
              IeeeArithmetic.add32(
                  Float.intBitsToFloat((int) code), Float.intBitsToFloat((int) entry(v))));
      steps.add(sum.becomes(Formats.BINARY32, code));
    }
    return new Explanation(
        List.of(
            new Explanation.Conversion(
                "dot products with entries, in " + spec.table().name(), items)),
        steps,
        code);
  }

  private Value exact(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            k -> ExactValues.product(spec.a().decode(x.a()[k]), spec.stored().decode(x.b()[k])))
        .reduce(ExactValues::sum)
        .orElse(Value.ZERO);
  }

  /** What the unit's table holds: its dot product of one vector from zero. */
  private long entry(int v) {
    int from = v * spec.dimension();
    int to = Math.min(from + spec.dimension(), x.a().length);
    CodebookUnit unit = new CodebookUnit(spec);
    EncodedMatrix a = PassExplainer.row(spec.a(), Arrays.copyOfRange(x.a(), from, to));
    double[] entry = new double[2 * spec.dimension()];
    for (int k = from; k < to; k++) {
      entry[k - from] = spec.stored().decodeDouble(x.b()[k]);
    }
    System.arraycopy(entry, 0, entry, spec.dimension(), spec.dimension());
    Accumulators sum = Accumulators.zeros(Formats.BINARY32, 1, 1);
    unit.gemm(unit.prepareA(a), unit.prepareB(weights(entry, to - from)), 0, to - from, sum);
    return sum.codes()[0];
  }

  /** A row of one vector, which is the entry of a codebook of two equal ones. */
  private EncodedMatrix weights(double[] entry, int columns) {
    VectorCodebook book = VectorCodebook.rounded(spec.stored(), spec.dimension(), entry);
    Coding coding =
        new Coding.Vectors(spec.dimension(), spec.indexBits(), spec.stored(), List.of(book));
    TensorFormat format = new TensorFormat("entries", Formats.BINARY64, List.of(), coding);
    return Quantizer.quantize(format, Arrays.copyOf(entry, columns), 1, columns);
  }
}
