package macroscope.accuracy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.input.InputException;
import macroscope.onnx.ElementType;
import macroscope.onnx.Products.Integers;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitOperands;

/**
 * Integers of a quantized network on a datapath, bit for bit. Where the unit takes the other kind of
 * bytes (signed for unsigned), codes enter less or plus 128, and the sum is corrected outside of it:
 * {@code sum ab = sum (a + p)(b + q) - q sum a - p sum b - K p q}.
 */
final class UnitIntegers<P> implements IntegerProduct {
  private static final int HALF = 128;

  private final String layer;
  private final DotProductUnit<P> unit;
  private final NumberFormat format;
  private final Entering weight;
  private final P prepared;
  private final double[] sums;

  /** How codes enter one side of the unit: what is added to each number, and its code there. */
  private record Entering(NumberFormat format, int offset, Map<Integer, Long> codes) {
    static Optional<Entering> of(NumberFormat format, ElementType type) {
      int other = type.isSigned() ? HALF : -HALF;
      return holding(format, 0, type).or(() -> holding(format, other, type));
    }

    private static Optional<Entering> holding(NumberFormat format, int offset, ElementType type) {
      Map<Integer, Long> codes = new HashMap<>();
      for (int number = (int) type.least(); number <= type.most(); number++) {
        double entering = number + offset;
        long code = format.encodeDouble(entering, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
        if (format.decodeDouble(code) != entering) {
          return Optional.empty();
        }
        codes.put(number, code);
      }
      return Optional.of(new Entering(format, offset, codes));
    }

    EncodedMatrix encoded(Integers x) {
      long[] words = new long[x.values().length];
      Arrays.setAll(words, i -> codes.getOrDefault((int) x.values()[i], 0L));
      TensorFormat plain = new TensorFormat(format.name(), format, List.of());
      return new EncodedMatrix(plain, x.rows(), x.columns(), words, List.of());
    }
  }

  /**
   * @param layer as messages name it
   * @throws InputException if the unit's operands do not hold the integers of the weight
   */
  UnitIntegers(String layer, DotProductUnit<P> unit, Integers weight) {
    this.layer = layer;
    this.unit = unit;
    UnitOperands operands = UnitOperands.of(unit.spec()).orElseThrow(() -> refused(weight.type()));
    this.format = operands.a();
    this.weight =
        Entering.of(operands.b(), weight.type()).orElseThrow(() -> refused(weight.type()));
    this.prepared = unit.prepareB(this.weight.encoded(weight));
    this.sums = sums(weight);
  }

  private InputException refused(ElementType type) {
    return new InputException(
        "layer " + layer,
        "the unit's operands must hold its integers, "
            + type.text()
            + "; they do not: "
            + unit.spec().name());
  }

  private static double[] sums(Integers x) {
    double[] sums = new double[x.rows()];
    for (int i = 0; i < x.values().length; i++) {
      sums[i / x.columns()] += x.values()[i];
    }
    return sums;
  }

  @Override
  public double[] multiply(Integers x) {
    Entering left = Entering.of(format, x.type()).orElseThrow(() -> refused(x.type()));
    int n = sums.length;
    Accumulators results = Accumulators.zeros(unit.accumulatorFormat(), x.rows(), n);
    unit.gemm(unit.prepareA(left.encoded(x)), prepared, 0, x.columns(), results);
    double[] out =
        Arrays.stream(results.codes())
            .mapToDouble(unit.accumulatorFormat()::decodeDouble)
            .toArray();
    double[] sumsOfX = sums(x);
    double p = left.offset();
    double q = weight.offset();
    for (int i = 0; i < out.length; i++) {
      out[i] -= q * sumsOfX[i / n] + p * sums[i % n] + x.columns() * p * q;
    }
    return out;
  }
}
