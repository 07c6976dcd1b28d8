package macroscope.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorIntegerKernelTest {

  private final Random random = new Random(20_261_122);

  /** Widths that run in binary32, in binary64 and in plain Java, at the edges of what fits. */
  static Stream<IntegerMacSpec> units() {
    return Stream.of(
        spec("int8", "int8", 4, 18, false),
        spec("int8", "int8", 4, 18, true),
        spec("uint8", "uint8", 4, 32, false),
        spec("int4", "int12", 64, 22, true),
        spec("int9", "int9", 8, 63, false),
        spec("int16", "int16", 8, 48, true),
        spec("int16", "int16", 8, 32, false),
        spec("int24", "int24", 2, 63, false),
        spec("int32", "int32", 2, 63, false));
  }

  @ParameterizedTest
  @MethodSource("units")
  void givesTheBitsOfThePlainKernel(IntegerMacSpec spec) {
    int[][] shapes = {
      {1, 1, 1}, {2, 64, 65}, {3, 63, 130}, {33, 65, 70}, {32, 257, 64}, {65, 300, 600}
    };
    for (int[] shape : shapes) {
      EncodedMatrix a = matrix(spec.a(), shape[0], shape[2], random::nextLong);
      EncodedMatrix b = matrix(spec.b(), shape[1], shape[2], random::nextLong);
      assertThat(product(new IntegerMacUnit(spec), a, b))
          .as("%d x %d x %d", shape[0], shape[1], shape[2])
          .isEqualTo(product(IntegerMacUnit.plain(spec), a, b));
    }
  }

  /** All products of the largest magnitude: sums reach the ends of what is exact. */
  @ParameterizedTest
  @MethodSource("units")
  void givesTheBitsOfThePlainKernelOnExtremes(IntegerMacSpec spec) {
    for (long sign : new long[] {spec.b().least(), spec.b().most()}) {
      EncodedMatrix a = matrix(spec.a(), 5, 1100, () -> spec.a().signed() ? spec.a().least() : -1);
      EncodedMatrix b = matrix(spec.b(), 70, 1100, () -> sign);
      assertThat(product(new IntegerMacUnit(spec), a, b))
          .isEqualTo(product(IntegerMacUnit.plain(spec), a, b));
    }
  }

  @Test
  void tilesSideBySideGiveTheSameBits() throws Exception {
    IntegerMacSpec spec = spec("int8", "int8", 4, 18, false);
    EncodedMatrix a = matrix(spec.a(), 70, 40, random::nextLong);
    EncodedMatrix b = matrix(spec.b(), 600, 40, random::nextLong);
    IntegerMacUnit unit = new IntegerMacUnit(spec);
    ForkJoinPool pool = new ForkJoinPool(4);
    try {
      assertThat(pool.submit(() -> product(unit, a, b)).get()).isEqualTo(product(unit, a, b));
    } finally {
      pool.shutdown();
    }
  }

  private static IntegerMacSpec spec(
      String a, String b, int length, int accumulatorBits, boolean saturating) {
    return new IntegerMacSpec(
        "test", integers(a), integers(b), length, accumulatorBits, saturating);
  }

  private static IntegerFormat integers(String name) {
    return (IntegerFormat) Formats.canonical(name);
  }

  private static EncodedMatrix matrix(
      IntegerFormat format, int rows, int columns, LongSupplier bits) {
    long mask = (1L << format.bits()) - 1;
    long[] codes =
        LongStream.generate(bits).limit((long) rows * columns).map(x -> x & mask).toArray();
    TensorFormat tensor = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(tensor, rows, columns, codes, List.of());
  }

  private static long[] product(IntegerMacUnit unit, EncodedMatrix a, EncodedMatrix b) {
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return sums.codes();
  }
}
