package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.unit.DotProductUnit;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

/** Errors of matrix products: of given numbers, of units, of layers at any K. */
class GemmErrorTest {

  private static final TensorFormat TOKEN = TensorFormats.parse("e4m3fn:token");
  private static final TensorFormat CHANNEL = TensorFormats.parse("e4m3fn:channel");
  private static final String HOPPER = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";

  private static DotProductUnit<?> unit(String name) {
    return Units.create(Units.named(name).orElseThrow());
  }

  private static QuantizedProduct product(int depth) {
    RealOperands random = RealOperands.random(Distribution.GAUSSIAN, 7, 5, 9, depth);
    return new QuantizedProduct(random, TOKEN, CHANNEL);
  }

  /** Errors 1 and -2 of results 3 and -4: 5 / 25, both outward. */
  @Test
  void theRelativeErrorIsARootOfARatioOfSums() {
    GemmError error = GemmError.of(new double[] {3, -4}, new double[] {4, -6}, 2, 1);
    assertThat(error.relative()).isEqualTo(Math.sqrt(5.0 / 25));
    assertThat(error.bias()).isEqualTo(3.0 / 7);
    assertThat(error.largest()).isEqualTo(2 / Math.sqrt(12.5));
  }

  @Test
  void anExactProductHasNoError() {
    double[] x = {1, 2, 3, 4};
    assertThat(GemmError.of(x, x.clone(), 2, 2)).isEqualTo(new GemmError(0, 0, 0, 0));
  }

  /** Rows with ratios 1 and 4 of equal signal: the ratio of sums is 2.5 +- 1.5. */
  @Test
  void theStandardErrorIsThatOfARatioOverRows() {
    GemmError error = GemmError.of(new double[] {1, 1}, new double[] {2, 3}, 2, 1);
    assertThat(error.relative()).isEqualTo(Math.sqrt(2.5));
    assertThat(error.standardError()).isCloseTo(1.5 / (2 * Math.sqrt(2.5)), within(1e-15));
  }

  /** Half a unit in the last place of binary32, and no more. */
  @Test
  void anExactSumIsOnlyRounded() {
    GemmError error = product(300).errorOf(unit("kulisch:a=e4m3fn,length=32,terms=512"), 0);
    assertThat(error.relative()).isPositive().isLessThan(0x1p-24);
  }

  @Test
  void hopperIsAFusedDotProductThatKeeps13Bits() {
    FusedDotSpec fused =
        new FusedDotSpec(
            "fused",
            Formats.E4M3FN,
            Formats.E4M3FN,
            Formats.BINARY32,
            32,
            32,
            13,
            RoundingMode.TOWARD_ZERO,
            13);
    assertThat(product(300).errorOf(Units.create(fused), 0))
        .isEqualTo(product(300).errorOf(unit(HOPPER), 0));
  }

  @Test
  void aPromotionBeyondKChangesNothing() {
    assertThat(product(256).errorOf(unit(HOPPER), 256))
        .isEqualTo(product(256).errorOf(unit(HOPPER), 0));
  }

  @Test
  void promotionsMakeALongSumBetter() {
    assertThat(product(2048).errorOf(unit(HOPPER), 128).relative())
        .isLessThan(product(2048).errorOf(unit(HOPPER), 0).relative() / 3);
  }

  @Test
  void aUnitThatDoesNotHoldTheFormatIsRefused() {
    assertThatThrownBy(
            () -> product(32).errorOf(unit("fused:a=e5m2,length=8,kept_fraction_bits=9"), 0))
        .hasMessage("the unit multiplies e5m2, which does not hold each number of e4m3fn");
  }

  @Test
  void scalesThatChangeAlongKAreRefused() {
    TensorFormat groups = TensorFormats.parse("e4m3fn:group32");
    assertThatThrownBy(() -> QuantizedProduct.requireScalesOfRows(groups))
        .hasMessageStartingWith("scales must be those of rows");
  }

  private static LayerTensors layer(int outputs, int tokens, int width) {
    return new LayerTensors(
        "layer",
        Distribution.GAUSSIAN.sample(1, outputs, width),
        Distribution.GAUSSIAN.sample(2, tokens, width),
        width);
  }

  @Test
  void theLayersOwnDepthIsTheLayersOwnProduct() {
    LayerTensors layer = layer(6, 8, 5);
    double[] x = Arrays.copyOf(layer.inputs(), 3 * 5);
    double[] w = Arrays.copyOf(layer.weights(), 4 * 5);
    RealOperands own = layer.product(3, 4, 5);
    assertThat(own.product()).isEqualTo(DenseProduct.multiply(x, 3, w, 4, 5));
    assertThat(own.origin()).isEqualTo("real");
  }

  /** Result (1, 5): token 2 with channel 5, token 3 with channel 6 mod 6. */
  @Test
  void beyondItEachResultIsASumOfProductsOfTheLayer() {
    LayerTensors layer = layer(6, 8, 5);
    double[] all = DenseProduct.multiply(layer.inputs(), 8, layer.weights(), 6, 5);
    RealOperands joined = layer.product(4, 6, 10);
    assertThat(joined.product()[6 + 5]).isCloseTo(all[2 * 6 + 5] + all[3 * 6], within(1e-12));
    assertThat(joined.origin()).isEqualTo("real rows joined");
  }

  @Test
  void belowItTheLeadingColumnsAreMultiplied() {
    LayerTensors layer = layer(6, 8, 5);
    assertThat(layer.product(1, 1, 2).a()).containsExactly(Arrays.copyOf(layer.inputs(), 2));
  }

  @Test
  void momentsAreSumsOverTokens() {
    LayerTensors layer = layer(6, 8, 5);
    double expected = 0;
    for (int token = 0; token < 7; token++) {
      expected += layer.inputs()[token * 5 + 1] * layer.inputs()[token * 5 + 3];
    }
    assertThat(layer.moments(2, 4, 7).product()[4 + 3]).isCloseTo(expected, within(1e-12));
  }

  @Test
  void tooFewTokensAreRefused() {
    assertThatThrownBy(() -> layer(6, 8, 5).product(5, 2, 10))
        .hasMessage("layer: tokens must number at least 10: 8");
  }

  @Test
  void layersOfANetworkAreCaptured() {
    Model model = BuiltIn.MNIST_MLP.model();
    Dataset data = BuiltIn.MNIST_MLP.calibrationData().first(3);
    String name = NetworkQsnr.of(model, data, FP32, Progress.NONE).get(0).layer();
    Map<String, LayerTensors> tensors =
        LayerTensors.capture(model, data, Set.of(name), Progress.NONE);
    assertThat(tensors.get(name).inputs()).hasSize(3 * tensors.get(name).width());
    assertThatThrownBy(() -> LayerTensors.capture(model, data, Set.of("no"), Progress.NONE))
        .hasMessageStartingWith("layer must be one of " + name);
  }

  private static final TensorFormat FP32 =
      new TensorFormat("binary32", Formats.BINARY32, List.of());
}
