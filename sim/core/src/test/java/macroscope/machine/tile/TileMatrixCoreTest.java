package macroscope.machine.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import macroscope.config.MachineCatalogue;
import macroscope.config.TileMatrixFile;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;
import org.junit.jupiter.api.Test;

class TileMatrixCoreTest {

  private static final LayerFormats BYTES = LayerFormats.of("int8", 8);

  /** 1 GHz, no interval lost, memories that keep up unless said. */
  private static TileMatrixCore core(double outer) {
    return new TileMatrixCore(
        "round",
        1000,
        16,
        64,
        Map.of("int8", 64, "bfloat16", 32),
        48 * 1024,
        128,
        48,
        2 << 20,
        outer,
        1);
  }

  private static LayerTime time(TileMatrixCore core, int m, int n, int k) {
    return core.time(ProductLayer.of("", new Gemm(m, n, k)), BYTES).orElseThrow();
  }

  /** 2048 operations a cycle. */
  @Test
  void theShippedCoreMultipliesAThousandAndTwentyFourBytesACycle() {
    TileMatrixCore shipped = TileMatrixFile.read(MachineCatalogue.path("amx-spr")).core();
    assertThat(shipped.macsPerCycle("int8")).isEqualTo(1024);
  }

  /** 16 x 8 tiles of results, 8 steps, 16 cycles each. */
  @Test
  void wholeTilesTakeTheirRows() {
    assertThat(time(core(1e6), 256, 128, 512).seconds())
        .isCloseTo(16 * 8 * 8 * 16 / 1e9, within(1e-12));
  }

  @Test
  void aProductOfLessThanATileOfColumnsTakesTheWholeTile() {
    assertThat(time(core(1e6), 256, 1, 1024).seconds())
        .isEqualTo(time(core(1e6), 256, 16, 1024).seconds());
  }

  @Test
  void aVectorIsBoundByTheMemoryOfWeights() {
    assertThat(time(core(10), 1, 4096, 4096).bound()).isEqualTo("memory");
  }

  @Test
  void halvesTakeTwiceAsLongAsBytes() {
    ProductLayer layer = ProductLayer.of("", new Gemm(256, 256, 1024));
    assertThat(core(1e6).time(layer, LayerFormats.of("bfloat16", 16)).orElseThrow().seconds())
        .isEqualTo(2 * core(1e6).time(layer, BYTES).orElseThrow().seconds());
  }

  @Test
  void aFormatWithoutTilesIsRefused() {
    assertThat(
            core(1).time(ProductLayer.of("", new Gemm(1, 1, 1)), LayerFormats.of("binary32", 32)))
        .isEmpty();
  }
}
