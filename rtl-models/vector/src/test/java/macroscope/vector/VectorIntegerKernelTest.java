package macroscope.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorIntegerKernelTest {

  private final Random random = new Random(20_261_122);

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 64, 65", "3, 63, 130", "33, 65, 70", "32, 257, 64", "65, 300, 33"})
  void givesTheBitsOfThePlainKernel(int rows, int columns, int depth) {
    EncodedMatrix a = matrix(rows, depth);
    EncodedMatrix b = matrix(columns, depth);
    for (boolean saturating : new boolean[] {false, true}) {
      IntegerMacSpec spec = spec(saturating);
      assertThat(product(new IntegerMacUnit(spec), a, b))
          .isEqualTo(product(IntegerMacUnit.plain(spec), a, b));
    }
  }

  @Test
  void tilesSideBySideGiveTheSameBits() throws Exception {
    EncodedMatrix a = matrix(70, 40);
    EncodedMatrix b = matrix(600, 40);
    IntegerMacUnit unit = new IntegerMacUnit(spec(false));
    ForkJoinPool pool = new ForkJoinPool(4);
    try {
      assertThat(pool.submit(() -> product(unit, a, b)).get()).isEqualTo(product(unit, a, b));
    } finally {
      pool.shutdown();
    }
  }

  private static IntegerMacSpec spec(boolean saturating) {
    IntegerFormat int8 = (IntegerFormat) Formats.canonical("int8");
    return new IntegerMacSpec("test", int8, int8, 4, 18, saturating);
  }

  private EncodedMatrix matrix(int rows, int columns) {
    long[] codes = random.longs((long) rows * columns, 0, 256).toArray();
    TensorFormat tensor = new TensorFormat("int8", Formats.canonical("int8"), List.of());
    return new EncodedMatrix(tensor, rows, columns, codes, List.of());
  }

  private static long[] product(IntegerMacUnit unit, EncodedMatrix a, EncodedMatrix b) {
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return sums.codes();
  }
}
