package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** T-MAC's own kernels, step by step: see README.md beside the vectors. */
class LookupTableVectorsTest {

  static List<TmacVectors> rows() {
    return TmacVectors.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tablesHaveTheScalesOfTheKernel(TmacVectors row) {
    ActivationTables tables = row.tables(new LookupTableUnit(row.spec()));
    assertThat(bits(tables.scales())).isEqualTo(row.bits("lut_scales"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tablesHaveTheBiasesOfTheKernel(TmacVectors row) {
    ActivationTables tables = row.tables(new LookupTableUnit(row.spec()));
    assertThat(bits(tables.biases())).isEqualTo(row.bits("lut_biases"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tablesHaveTheEntriesOfTheKernel(TmacVectors row) {
    ActivationTables tables = row.tables(new LookupTableUnit(row.spec()));
    assertThat(tables.entries()).containsExactly(row.integers("lut_int8"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void planeSumsAreThoseOfTheKernel(TmacVectors row) {
    LookupTableUnit unit = new LookupTableUnit(row.spec());
    int planes = row.spec().weightBits();
    if (row.unified()) {
      int[] sums = unit.integerPlaneSums(row.tables(unit), 0, row.planes(unit));
      assertThat(byPlane(sums, planes)).isEqualTo(row.integers("cbits_hex"));
    } else {
      int[] sums = bits(unit.planeSums(row.tables(unit), 0, row.planes(unit)));
      assertThat(byPlane(sums, planes)).isEqualTo(row.bits("cbits_hex"));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void resultsAreThoseOfTheKernel(TmacVectors row) {
    LookupTableUnit unit = new LookupTableUnit(row.spec());
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 1, row.number("M"));
    unit.gemm(row.tables(unit), row.planes(unit), 0, row.number("K"), c);
    int[] results =
        Arrays.stream(c.codes())
            .mapToInt(code -> Float.floatToRawIntBits((float) c.format().decodeDouble(code)))
            .toArray();
    assertThat(results).isEqualTo(row.bits("output_fp32_hex"));
  }

  /** The unit keeps the planes of a weight row together, the file the rows of a plane. */
  private static int[] byPlane(int[] sums, int planes) {
    int rows = sums.length / planes;
    int[] ordered = new int[sums.length];
    for (int i = 0; i < sums.length; i++) {
      ordered[i % planes * rows + i / planes] = sums[i];
    }
    return ordered;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
