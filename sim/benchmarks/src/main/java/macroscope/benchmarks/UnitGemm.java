package macroscope.benchmarks;

import java.util.SplittableRandom;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
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

  private UnitGemm(DotProductUnit<P> unit, String scheme, int size) {
    this.unit = unit;
    this.a = unit.prepareA(operand(scheme, size, 1));
    this.b = unit.prepareB(operand(scheme, size, 2));
    this.size = size;
  }

  /**
   * @param unit a unit that {@code macroscope units} lists, or family:key=value,...
   * @param scheme how normally distributed numbers are quantized
   */
  static UnitGemm<?> of(String unit, String scheme, int size) {
    UnitSpec spec =
        Units.named(unit).orElseThrow(() -> new IllegalArgumentException("unknown unit: " + unit));
    return new UnitGemm<>(Units.create(spec), scheme, size);
  }

  private static EncodedMatrix operand(String scheme, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TensorFormat format = TensorFormats.parse(scheme);
    double[] x = random.doubles((long) size * size).map(ignored -> random.nextGaussian()).toArray();
    return Quantizer.quantize(format, x, size, size);
  }

  /** Codes of the result. */
  long[] multiply() {
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), size, size);
    unit.gemm(a, b, 0, size, c);
    return c.codes();
  }
}
