package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import macroscope.format.Conversion;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizerTest {

  private static double[] quantized(String scheme, int rows, int columns, double... x) {
    return Quantizer.quantize(TensorFormats.parse(scheme), x, rows, columns).decode();
  }

  @Test
  void integersPerRowDivideByAbsmaxOverTheLargestInteger() {
    double scale = 5.0 / 7;
    assertThat(quantized("int4:channel", 2, 3, 1, -5, 2.5, 0, 0, 0))
        .containsExactly(1 * scale, -7 * scale, 4 * scale, 0, 0, 0);
  }

  @Test
  void aGroupAtTheEndOfARowMayBeShorter() {
    assertThat(quantized("int4:group2", 1, 3, 7, 1, 70)).containsExactly(7, 1, 70);
  }

  @Test
  void oneScaleServesTheWholeTensor() {
    assertThat(quantized("int4:tensor", 2, 2, 7, 0.6, 0.4, -3.4)).containsExactly(7, 1, 0, -3);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 1.125, 0.001953125",
    "true, false, 1, 0.001953125",
    "false, true, 1.125, 0"
  })
  void elementsConvertAsOtherToolsDo(
      boolean viaBinary32, boolean zeroResults, double nearTie, double subnormal) {
    Conversion conversion =
        new Conversion(
            RoundingMode.TIES_TO_EVEN, Overflow.SATURATE, viaBinary32, false, zeroResults);
    double[] x = {1 + 0x1p-4 + 0x1p-40, 0x1p-9};
    assertThat(new Quantizer(TensorFormats.parse("e4m3fn"), conversion).apply(x, 1, 2))
        .containsExactly(nearTie, subnormal);
  }

  @Test
  void floatsDivideByAbsmaxOverTheLargestNumber() {
    assertThat(quantized("e2m1:token", 1, 4, 12, 5, -0.7, 0.4)).containsExactly(12, 4, -1, 0);
  }

  @Test
  void ternaryDividesByTheMeanMagnitude() {
    assertThat(quantized("ternary:channel", 1, 4, 4, -1, 0.5, 2.5)).containsExactly(2, 0, 0, 2);
  }

  @Test
  void nf4TakesTheNearestEntry() {
    assertThat(quantized("nf4:group64", 1, 3, -2, 0.01, 0.2))
        .containsExactly(-2, 0, 2 * 0.07958029955625534);
  }

  @Test
  void aCastHasNoScale() {
    assertThat(quantized("bf16", 1, 2, 1.00390625, -3)).containsExactly(1, -3);
  }

  @Test
  void theFloorRuleClipsTheLargestElement() {
    // absmax 7: floor(log2 7) - 2 = 0, and e2m1 ends at 6.
    assertThat(quantized("mxfp4", 1, 2, 7, 1)).containsExactly(6, 1);
  }

  @Test
  void theCeilRuleDoesNot() {
    assertThat(quantized("mxfp4:ceil", 1, 2, 7, 1)).containsExactly(8, 1);
  }

  @Test
  void theCeilRuleKeepsTheScaleWhereTheLargestElementFits() {
    assertThat(quantized("mxfp4:ceil", 1, 2, 6, 0.5)).containsExactly(6, 0.5);
  }

  /** OCP MX 1.0, section 6.3: floor(log2 absmax) less the exponent of the largest element. */
  @ParameterizedTest
  @CsvSource({
    "mxfp8_e4m3, 500, 448, 2.2, 2.25, 1",
    "mxfp8_e4m3, 512, 512, 2.2, 2.25, 2",
    "mxfp8_e5m2, 57344, 57344, 1.2, 1.25, 1",
    "mxfp6_e2m3, 7.4, 7.5, 0.7, 0.75, 1",
    "mxfp6_e3m2, 27, 28, 0.7, 0.75, 1",
    "mxfp4, 5, 4, 0.7, 0.5, 1",
    "mxint8, 1.5, 1.5, 0.02, 0.015625, 1",
    "mxint6, 3, 3, 0.2, 0.25, 2",
    "mxint4, 1.1, 1, 0.3, 0.25, 1"
  })
  void microscalingBlocksShareAPowerOfTwo(
      String scheme, double largest, double first, double other, double second, double scale) {
    EncodedMatrix matrix =
        Quantizer.quantize(TensorFormats.parse(scheme), new double[] {largest, other}, 1, 2);
    assertThat(matrix.decode()).containsExactly(first, second);
    assertThat(matrix.scales(0)).containsExactly(scale);
  }

  @Test
  void microscalingIntegersNeverReachMinusTwo() {
    assertThat(quantized("mxint8", 1, 2, -1.999, 1)).containsExactly(-127 / 64.0, 1);
  }

  @Test
  void nvfp4ScalesTheTensorAndItsBlocks() {
    double[] x = new double[32];
    x[0] = 6 * 448;
    x[16] = 12;
    x[17] = -1.1;
    double[] expected = new double[32];
    expected[0] = 6 * 448;
    expected[16] = 12;
    expected[17] = -1;
    assertThat(quantized("nvfp4", 1, 32, x)).containsExactly(expected);
  }

  @Test
  void aBlockFarBelowTheTensorsLargestBecomesZero() {
    double[] x = new double[32];
    x[0] = 1e9;
    x[16] = 1e-3;
    assertThat(Quantizer.quantize(TensorFormats.parse("nvfp4"), x, 1, 32).scales(1)[1]).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"int8:token", "mxfp4", "mxint8", "nvfp4", "nf4:group64", "ternary:tensor"})
  void zerosStayZeros(String scheme) {
    assertThat(quantized(scheme, 3, 40, new double[120])).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int8:token",
        "e4m3fn:channel",
        "mxfp6_e3m2",
        "mxint8",
        "nvfp4",
        "fp16",
        "nf4:group16"
      })
  void everyElementIsTheNearestOfItsScale(String scheme) {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 5;
    int columns = 50;
    double[] x = random.doubles(rows * columns, -3, 3).toArray();
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse(scheme), x, rows, columns);
    var encoder = matrix.format().element().encoder(RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    long[] expected = new long[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = encoder.encode(x[i] / matrix.scale(i / columns, i % columns));
    }
    assertThat(matrix.codes()).isEqualTo(expected);
  }

  @Test
  void aGivenTensorScaleIsUsed() {
    double[] x = {1, 2, 3};
    EncodedMatrix matrix =
        new Quantizer(TensorFormats.parse("int8:tensor"), RoundingMode.TIES_TO_EVEN)
            .quantizeUnder(0.5, x, 1, 3);
    assertThat(matrix.codes()).containsExactly(2, 4, 6);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity"})
  void whatIsNotFiniteIsRefusedByPlace(double bad) {
    double[] x = {1, 2, 3, bad};
    assertThatThrownBy(() -> quantized("int8:token", 2, 2, x))
        .hasMessage("element (1, 1) must be finite: " + bad);
  }

  @Test
  void aWrongLengthIsRefused() {
    assertThatThrownBy(() -> quantized("int8:token", 2, 2, 1))
        .hasMessage("elements must number 2 x 2: 1");
  }
}
