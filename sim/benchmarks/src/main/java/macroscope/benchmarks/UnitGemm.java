package macroscope.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import macroscope.tensor.Coding;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.tensor.VectorCodebook;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * A whole product through a unit, bit for bit, from prepared operands to codes of the accumulator.
 *
 * @param <P> the unit's operand form
 */
final class UnitGemm<P> {

  private final DotProductUnit<P> unit;
  private final P a;
  private final P b;
  private final int size;

  private UnitGemm(DotProductUnit<P> unit, String activations, String weights, int size) {
    this.unit = unit;
    this.a = unit.prepareA(operand(activations, size, 1));
    this.b = unit.prepareB(operand(weights, size, 2));
    this.size = size;
  }

  /**
   * @param unit a unit that {@code macroscope units} lists, or family:key=value,...
   * @param scheme how normally distributed numbers are quantized
   */
  static UnitGemm<?> of(String unit, String scheme, int size) {
    return of(unit, scheme, scheme, size);
  }

  /** As {@link #of(String, String, int)}, with a scheme for each operand. */
  static UnitGemm<?> of(String unit, String activations, String weights, int size) {
    UnitSpec spec =
        Units.named(unit).orElseThrow(() -> new IllegalArgumentException("unknown unit: " + unit));
    return new UnitGemm<>(Units.create(spec), activations, weights, size);
  }

  private static EncodedMatrix operand(String scheme, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TensorFormat format = withCodebooks(TensorFormats.parse(scheme), random);
    double[] x = random.doubles((long) size * size).map(ignored -> random.nextGaussian()).toArray();
    return Quantizer.quantize(format, x, size, size);
  }

  /** Codebooks of vectors are random: what is learnt takes no other time to look up. */
  private static TensorFormat withCodebooks(TensorFormat format, SplittableRandom random) {
    if (!(format.coding() instanceof Coding.Vectors v)) {
      return format;
    }
    List<VectorCodebook> books = new ArrayList<>();
    for (int bits : v.indexBits()) {
      double[] entries =
          random
              .doubles((long) v.dimension() << bits)
              .map(ignored -> random.nextGaussian())
              .toArray();
      books.add(VectorCodebook.rounded(v.stored(), v.dimension(), entries));
    }
    return format.withCodebooks(books);
  }

  /** Codes of the result. */
  long[] multiply() {
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), size, size);
    unit.gemm(a, b, 0, size, c);
    return c.codes();
  }
}
