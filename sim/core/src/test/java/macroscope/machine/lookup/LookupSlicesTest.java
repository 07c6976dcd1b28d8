package macroscope.machine.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import macroscope.machine.layer.LayerFormats;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;
import org.junit.jupiter.api.Test;

class LookupSlicesTest {

  private static final LayerFormats FOUR_BITS = new LayerFormats("int8", "int4", 8, 4, 8, 4);

  private static LookupSlices slices(double saved, double outer) {
    return new LookupSlices("round", 1000, 16, 256, 4, 23, saved, Map.of("int8", 8), 8, outer);
  }

  private static double seconds(LookupSlices slices, int m, int n, int k) {
    return slices.time(ProductLayer.of("", new Gemm(m, n, k)), FOUR_BITS).orElseThrow().seconds();
  }

  /** 11 sums of 4 bits and 2 more, 8 lookups of 24 cycles, for 4 of 64 groups of each array. */
  @Test
  void aVectorTakesTablesAndLookups() {
    assertThat(seconds(slices(0, 1e6), 1, 256, 256))
        .isCloseTo(4 * (11 * 7 + 8 * 24) / 1e9, within(1e-15));
  }

  @Test
  void aBatchSharesTables() {
    assertThat(seconds(slices(0, 1e6), 8, 256, 256))
        .isCloseTo(4 * (11 * 7 + 8 * 8 * 24) / 1e9, within(1e-15));
  }

  @Test
  void savedLookupsSaveTime() {
    assertThat(seconds(slices(0.5, 1e6), 1, 256, 256))
        .isCloseTo(4 * (11 * 7 + 8 * 12) / 1e9, within(1e-15));
  }

  @Test
  void weightsComeFromMemoryMeanwhile() {
    assertThat(seconds(slices(0, 1e-3), 1, 256, 256))
        .isCloseTo(256 * 256 / 2.0 / 1e6, within(1e-9));
  }

  @Test
  void activationsWithoutBitsAreRefused() {
    assertThat(
            slices(0, 1)
                .time(ProductLayer.of("", new Gemm(1, 1, 1)), LayerFormats.of("binary16", 16)))
        .isEmpty();
  }
}
