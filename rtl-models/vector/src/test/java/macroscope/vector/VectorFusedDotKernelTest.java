package macroscope.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.FusedDotUnit;
import macroscope.unit.Instruction;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorFusedDotKernelTest {

  private static final int[] ROWS = {1, 3};
  private static final int[] COLUMNS = {1, 7, 15, 16, 17, 63, 64, 65, 130};

  private final Random random = new Random(20_240_605);

  /** The instructions of real machines, and cores at the limits of 32-bit lanes. */
  static Stream<FusedDotSpec> cores() {
    Stream<FusedDotSpec> real =
        Units.all().stream()
            .map(Instruction::unit)
            .filter(FusedDotSpec.class::isInstance)
            .map(FusedDotSpec.class::cast);
    return Stream.concat(
        real,
        Stream.of(
            core(Formats.BINARY16, Formats.BINARY16, Formats.BINARY32, 29, 23),
            core(Formats.E4M3FN, Formats.E4M3FN, Formats.BINARY32, 28, 1),
            core(Formats.E2M1FN, Formats.E2M1FN, Formats.BFLOAT16, 1, 7),
            core(Formats.E5M2, Formats.E4M3FN, Formats.BINARY16, 24, 10),
            core(Formats.E5M2, Formats.E5M2, Formats.BINARY32, 20, 23),
            core(Formats.E4M3FN, Formats.E2M1FN, Formats.BFLOAT16, 40, 5),
            core(Formats.E2M1FN, Formats.E2M1FN, Formats.E4M3FN, 18, 2),
            core(Formats.BINARY32, Formats.E5M2, Formats.E4M3FN, 20, 3),
            core(Formats.E2M1FN, Formats.E3M2FN, Formats.E3M2FN, 12, 2)));
  }

  private static FusedDotSpec core(
      FloatFormat a, FloatFormat b, FloatFormat accumulator, int kept, int output) {
    RoundingMode rounding = kept % 2 == 0 ? RoundingMode.TIES_TO_EVEN : RoundingMode.TOWARD_ZERO;
    return new FusedDotSpec("core", a, b, accumulator, 12, 6, kept, rounding, output);
  }

  @ParameterizedTest
  @MethodSource("cores")
  void givesTheBitsOfThePlainKernel(FusedDotSpec spec) {
    FusedDotUnit vector = new FusedDotUnit(spec);
    FusedDotUnit plain = FusedDotUnit.plain(spec);
    assertThat(vector.kernel())
        .isIn(ShortFusedDotKernel.class, RunSumFusedDotKernel.class, IntFusedDotKernel.class);
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        for (int depth : new int[] {1, spec.groupLength(), 2 * spec.length() + 1}) {
          compare(vector, plain, rows, columns, depth);
        }
      }
    }
  }

  private void compare(FusedDotUnit vector, FusedDotUnit plain, int rows, int columns, int depth) {
    FusedDotSpec spec = plain.spec();
    int spread = 1 + random.nextInt(40);
    EncodedMatrix a = matrix(spec.a(), rows, depth, codes(spec.a(), rows * depth, spread));
    EncodedMatrix b = matrix(spec.b(), columns, depth, codes(spec.b(), columns * depth, spread));
    long[] c = codes(spec.accumulator(), rows * columns, spread);
    assertThat(gemm(vector, a, b, c.clone()))
        .as("%d x %d x %d, exponents within %d", rows, columns, depth, spread)
        .isEqualTo(gemm(plain, a, b, c.clone()));
  }

  private static long[] gemm(FusedDotUnit unit, EncodedMatrix a, EncodedMatrix b, long[] c) {
    Accumulators sums = new Accumulators(unit.accumulatorFormat(), a.rows(), b.rows(), c);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return sums.codes();
  }

  private static EncodedMatrix matrix(FloatFormat format, int rows, int columns, long[] codes) {
    TensorFormat tensor = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(tensor, rows, columns, codes, List.of());
  }

  /** Random signs and fractions, exponents about that of 1, now and then any bits or a zero. */
  private long[] codes(FloatFormat format, int count, int spread) {
    long[] codes = new long[count];
    long top = (1L << format.exponentBits()) - 1;
    for (int i = 0; i < count; i++) {
      long raw = random.nextLong() >>> (Long.SIZE - format.bits());
      long field = format.bias() - spread / 2 + random.nextInt(spread);
      long moved =
          raw & ~(top << format.fractionBits())
              | Math.max(0, Math.min(top, field)) << format.fractionBits();
      int kind = random.nextInt(64);
      codes[i] = kind == 0 ? raw : kind < 8 ? 0 : moved;
    }
    return codes;
  }

  @Test
  void aUnitTooWideForItsLanesRunsInPlainJava() {
    FusedDotSpec wide = core(Formats.BINARY32, Formats.BINARY32, Formats.BINARY32, 29, 23);
    assertThat(new FusedDotUnit(wide).kernel())
        .isNotIn(ShortFusedDotKernel.class, RunSumFusedDotKernel.class, IntFusedDotKernel.class);
  }
}
