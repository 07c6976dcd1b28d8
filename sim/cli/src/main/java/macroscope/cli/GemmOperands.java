package macroscope.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.FittedFormat;
import macroscope.accuracy.NpyArray;
import macroscope.accuracy.UnitGemm;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.input.InputException;
import macroscope.tensor.ChannelOrder;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledGemm;
import macroscope.unit.UnitOperands;

/** Brings NumPy matrices to what a unit multiplies, and its results back, for {@code gemm}. */
final class GemmOperands {

  private final DotProductUnit<?> unit;
  private final NumberFormat accumulator;

  GemmOperands(DotProductUnit<?> unit) {
    this.unit = unit;
    this.accumulator = unit.accumulatorFormat();
  }

  private UnitOperands formats() {
    return UnitOperands.of(unit.spec())
        .orElseThrow(
            () ->
                new InputException(
                    "UNIT", "needs --a-format and --b-format: " + unit.spec().name()));
  }

  private OperandCodes registers() {
    return OperandCodes.of(unit.spec(), accumulator);
  }

  EncodedMatrix left(NpyArray array, String place) {
    return matrix(array, formats().a(), registers().a(), place);
  }

  EncodedMatrix right(NpyArray array, String place) {
    return matrix(array, formats().b(), registers().b(), place);
  }

  private static EncodedMatrix matrix(
      NpyArray array, NumberFormat format, OperandCodes.Words registers, String place) {
    boolean codes = array.isUnsigned() && !(format instanceof IntegerFormat);
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(
        plain,
        array.rows(),
        array.columns(),
        codes ? registers.codes(place, array.bits()) : rounded(array.values(), format, place),
        List.of());
  }

  private static long[] rounded(double[] values, NumberFormat format, String place) {
    long[] codes = new long[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = encoded(values[i], format, i, place);
    }
    return codes;
  }

  private static long encoded(double value, NumberFormat format, int i, String place) {
    try {
      return format.encodeDouble(value, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE_FINITE);
    } catch (IllegalArgumentException e) {
      throw new InputException(place, "element " + i + ": " + e.getMessage(), e);
    }
  }

  /**
   * A matrix with its scales; every element must be finite.
   *
   * @param order of the columns of the other operand, if it has one of its own
   */
  static EncodedMatrix quantized(
      NpyArray array, TensorFormat scheme, Optional<ChannelOrder> order, String place) {
    try {
      TensorFormat fitted = FittedFormat.of(scheme, array.values(), array.columns());
      Quantizer quantizer = new Quantizer(fitted, RoundingMode.TIES_TO_EVEN);
      return order.isPresent()
          ? quantizer.quantizeIn(order.get(), array.values(), array.rows(), array.columns())
          : quantizer.quantize(array.values(), array.rows(), array.columns());
    } catch (IllegalArgumentException e) {
      throw new InputException(place, String.valueOf(e.getMessage()), e);
    }
  }

  /** Codes of addends, which the accumulator format must hold; zeros if there are none. */
  long[] addends(Optional<NpyArray> array, int rows, int columns, String place) {
    if (array.isEmpty()) {
      return new long[Math.multiplyExact(rows, columns)];
    }
    NpyArray c = array.get();
    if (c.rows() != rows || c.columns() != columns) {
      throw new InputException(
          place, "must be " + rows + " x " + columns + ": " + c.rows() + " x " + c.columns());
    }
    if (c.isUnsigned() && !(accumulator instanceof IntegerFormat)) {
      return registers().c().codes(place, c.bits());
    }
    double[] values = c.values();
    long[] codes = rounded(values, accumulator, place);
    for (int i = 0; i < codes.length; i++) {
      if (Double.compare(accumulator.decodeDouble(codes[i]), values[i]) != 0) {
        throw new InputException(
            place,
            "element " + i + " must be a number of " + accumulator.name() + ": " + values[i]);
      }
    }
    return codes;
  }

  NpyArray multiply(EncodedMatrix a, EncodedMatrix b, long[] addends, int threads) {
    long[] codes = UnitGemm.multiply(unit, a, b, addends, threads);
    return result(codes, a.rows(), b.rows());
  }

  /** As the type that has the accumulator's very bits, else as doubles, which hold its numbers. */
  private NpyArray result(long[] codes, int rows, int columns) {
    if (accumulator instanceof IntegerFormat integers) {
      long mask = integers.bits() <= Integer.SIZE ? (1L << Integer.SIZE) - 1 : -1;
      long[] bits = Arrays.stream(codes).map(code -> integers.integer(code) & mask).toArray();
      return new NpyArray(mask == -1 ? "<i8" : "<i4", rows, columns, bits);
    }
    return switch (accumulator.name()) {
      case "binary16" -> new NpyArray("<f2", rows, columns, codes);
      case "binary32" -> new NpyArray("<f4", rows, columns, codes);
      case "binary64" -> new NpyArray("<f8", rows, columns, codes);
      default -> {
        long[] bits =
            Arrays.stream(codes)
                .map(code -> Double.doubleToRawLongBits(accumulator.decodeDouble(code)))
                .toArray();
        yield new NpyArray("<f8", rows, columns, bits);
      }
    };
  }

  /** A product whose scales {@link ScaledGemm} or the unit applies. */
  NpyArray multiplyScaled(EncodedMatrix a, EncodedMatrix b) {
    return scaled(unit, a, b);
  }

  private static <P> NpyArray scaled(DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    ScaledGemm<P> gemm = new ScaledGemm<>(unit);
    double[] product = gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
    long[] bits =
        Arrays.stream(product)
            .mapToLong(x -> Integer.toUnsignedLong(Float.floatToRawIntBits((float) x)))
            .toArray();
    return new NpyArray("<f4", a.rows(), b.rows(), bits);
  }
}
