package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each block format on an example worked out by hand from its definition. */
class BlockFormatsTest {

  private static EncodedMatrix quantized(String scheme, int rows, int columns, double... x) {
    return Quantizer.quantize(TensorFormats.parse(scheme), x, rows, columns);
  }

  private static double[] values(String scheme, double... x) {
    return quantized(scheme, 1, x.length, x).decode();
  }

  private static double squaredError(String scheme, double[] x, int rows) {
    double[] y = quantized(scheme, rows, x.length / rows, x).decode();
    return IntStream.range(0, x.length).mapToDouble(i -> Math.pow(y[i] - x[i], 2)).sum();
  }

  private static double[] gaussian(int count) {
    SplittableRandom random = new SplittableRandom(11);
    return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  // Two-level micro-exponents: block exponent 1 (3 is the largest), steps of mx4 2^(1 - 1) = 1 at
  // the
  // pair of 3, and half of it at the pair whose exponents are lower.

  @Test
  void aPairBelowTheBlockHasTheFinerStep() {
    assertThat(values("mx4:block4", 3, 0.6, 1.3, -0.6)).containsExactly(3, 1, 1.5, -0.5);
  }

  @Test
  void aPairFarBelowTheBlockIsStillOneOctaveBelow() {
    assertThat(quantized("mx6:block4", 1, 4, 8, 0, 0.3, 0.1).scales(1)).containsExactly(1, 0.5);
  }

  @Test
  void twoBitsOfMicroExponentReachThreeOctaves() {
    assertThat(quantized("bdr_m4_k4_2_d2", 1, 4, 8, 0, 0.3, 0.1).scales(1))
        .containsExactly(1, 0.125);
  }

  @Test
  void mantissasClampWhereTheyWouldRoundUpToTheNextOctave() {
    assertThat(values("mx4:block2", 3.9, 1)).containsExactly(3, 1);
  }

  // Block floating point: msfp12 keeps 3 bits below exponent 2 of 7, steps of 1.

  @Test
  void allElementsHaveTheExponentOfTheLargest() {
    assertThat(values("msfp12", 7, 0.4, -2.6, 1)).containsExactly(7, 0, -3, 1);
  }

  @Test
  void microsoftFloatingPointMayTruncate() {
    double[] x = {7, 0.9, -2.6, 1};
    assertThat(
            new Quantizer(TensorFormats.parse("msfp12"), RoundingMode.TOWARD_ZERO)
                .quantize(x, 1, 4)
                .decode())
        .containsExactly(7, 0, -2, 1);
  }

  @Test
  void anyMantissaAndBoxGiveABlockFormat() {
    assertThat(values("bfp5:block2", 7, 0.2, 0.3, 0.2))
        .containsExactly(7, 0.25, 0.296875, 0.203125);
  }

  @Test
  void aBlockOfZerosHasTheLeastExponent() {
    assertThat(quantized("msfp16", 1, 16, new double[16]).scaleCode(0, 0)).isZero();
  }

  // Hybrid block floating point: one exponent for a tile.

  @Test
  void aTileHasRowsAndColumns() {
    double[] x = {
      64, 1, 1, 1,
      1, 1, 1, 1,
      1, 1, 2, 1
    };
    EncodedMatrix matrix = quantized("hbfp8:tile2x2", 3, 4, x);
    assertThat(matrix.scales(0)).containsExactly(64, 1, 1, 2);
  }

  @Test
  void elementsOfATileShareItsStep() {
    double[] x = {64, 0.4, 1, 0.4, 1.7, 3, 0.4, 0.4};
    assertThat(quantized("hbfp8:tile2x2", 2, 4, x).decode())
        .containsExactly(64, 0, 1, 0.40625, 2, 3, 0.40625, 0.40625);
  }

  // VS-Quant: gamma = (21 / 7) / 15 for the row; vector scales 3 -> 15 and 1/7 -> 0.714 -> 1.

  @Test
  void vectorScalesAreIntegersUnderTheScaleOfTheRow() {
    double[] x = new double[32];
    x[0] = 21;
    x[16] = 1;
    EncodedMatrix matrix = quantized("vsq4_4", 1, 32, x);
    assertThat(matrix.scales(1)).containsExactly(15, 1);
  }

  @Test
  void elementsAreIntegersUnderBothScales() {
    double[] x = new double[32];
    x[0] = 21;
    x[1] = 4.6;
    x[16] = 1;
    assertThat(quantized("vsq4_4", 1, 32, x).decode())
        .startsWith(21, 6)
        .containsSequence(new double[] {5 * (21 / 7.0 / 15)});
  }

  // NVINT4: the tensor's scale is 7 * 448 / (7 * 448) = 1, the second block's 14 / 7 = 2.

  @Test
  void nvint4HasIntegersUnderAnE4m3Scale() {
    double[] x = new double[32];
    x[0] = 7 * 448;
    x[16] = 14;
    x[17] = -5.1;
    assertThat(Arrays.copyOfRange(quantized("nvint4", 1, 32, x).decode(), 16, 18))
        .containsExactly(14, -6);
  }

  // Group-wise integers with a stored scale: 1 / 7 in binary16 is 0.142822265625, in bfloat16
  // 0.142578125.

  @ParameterizedTest
  @CsvSource({
    "int4:group4:fp16, 0.142822265625",
    "int4:group4:bf16, 0.142578125",
    "int4:group4:e8m0, 0.125",
    "int4:group4:ceil, 0.25",
    "int4:group4:floor, 0.25"
  })
  void scalesOfGroupsAreStoredInAFormat(String scheme, double scale) {
    assertThat(quantized(scheme, 1, 4, 1, 0, 0, 0).scales(0)).containsExactly(scale);
  }

  // Scale rules on mxfp4, whose largest element is 6 = 1.5 * 2^2.

  @ParameterizedTest
  @CsvSource({
    "floor, 6, 1",
    "floor, 6.5, 1",
    "floor, 7.9, 1",
    "floor, 8, 2",
    "ceil, 6, 1",
    "ceil, 6.5, 2",
    "ceil, 8, 2",
    "nearest, 6, 1",
    "nearest, 8.4, 1",
    "nearest, 8.5, 2",
    "nearest, 4.3, 1",
    "nearest, 4.2, 0.5",
    "even, 6, 1",
    "even, 6.99, 1",
    "even, 7, 2",
    "even, 8, 2"
  })
  void aRuleFindsThePowerOfTwo(String rule, double absmax, double scale) {
    assertThat(quantized("mxfp4:" + rule, 1, 2, absmax, 0).scales(0)).containsExactly(scale);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mxfp4", "mxint4", "mxfp6_e2m3", "int4:group32", "int3:channel:fp16", "nvfp4"})
  void searchIsNoWorseThanEveryOtherRule(String scheme) {
    double[] x = gaussian(4096);
    double usual = squaredError(scheme, x, 16);
    assertThat(squaredError(scheme + ":search", x, 16)).isLessThan(usual);
  }

  @Test
  void searchFindsTheScaleThatClips() {
    // 3 of 4 at 1: a step of 1 is exact there and clips 9 to 7; absmax would take 9 / 7.
    assertThat(quantized("int4:group8:search:e8m0", 1, 8, 9, 1, 1, 1, 1, 1, 1, 1).scales(0))
        .containsExactly(1);
  }

  // OliVe: int4 with outliers 12..96 whose neighbour becomes zero.

  private static double[] pairsUnderScaleOne(double... x) {
    return new Quantizer(TensorFormats.parse("olive4:tensor"), RoundingMode.TIES_TO_EVEN)
        .quantizeUnder(1, x, 1, x.length)
        .decode();
  }

  @Test
  void anOutlierTakesTheCodeOfItsNeighbour() {
    assertThat(pairsUnderScaleOne(3, -7, 50, 3, 2, 96)).containsExactly(3, -7, 48, 0, 0, 96);
  }

  @Test
  void ofTwoOutliersTheLargerStays() {
    assertThat(pairsUnderScaleOne(-30, 90, -64, 64)).containsExactly(0, 96, -64, 0);
  }

  @Test
  void whatIsNearerToTheLargestIntegerIsNoOutlier() {
    assertThat(pairsUnderScaleOne(9.4, 3, 9.6, 3)).containsExactly(7, 3, 12, 0);
  }

  @Test
  void pairsKeepWhatIntegersClip() {
    double[] x = gaussian(512);
    x[100] = 12;
    assertThat(squaredError("olive4", x, 1)).isLessThan(squaredError("int4:channel:search", x, 1));
  }

  @Test
  void pairsCostNoMoreThanTheirIntegers() {
    assertThat(TensorFormats.parse("olive4").bitsPerElement(8, 32)).isEqualTo(4 + 1);
  }

  // BitMoD: FP4 is 0, 0.5, 1, 1.5, 2, 3, 4, 6 and one of 5, -5, 8, -8; FP3 0, 1, 2, 4 and 3, -3, 6,
  // -6.

  @Test
  void aGroupTakesTheSpecialValueThatFitsIt() {
    assertThat(values("bitmod_fp3", 4, 3, -2, 1)).containsExactly(4, 3, -2, 1);
  }

  @Test
  void aSpecialValueHasOneSign() {
    assertThat(values("bitmod_fp3", 4, -3, -2, 1)).containsExactly(4, -3, -2, 1);
  }

  @Test
  void aSpecialValueMayExtendTheRange() {
    assertThat(values("bitmod_fp4", 8, -6, 3, 0.5)).containsExactly(8, -6, 3, 0.5);
  }

  @Test
  void groupsChooseOnTheirOwn() {
    assertThat(values("bitmod_fp4:block4", 8, -6, 3, 0.5, -6, 5, 3, 0.5))
        .containsExactly(8, -6, 3, 0.5, -6, 5, 3, 0.5);
  }

  // Accurate block quantization: channels of outliers share blocks.

  private static final double[] CHANNELS = {100, 1, 90, 1.5, -80, 0.75, 85, -1.25};

  @Test
  void columnsOfLikeMagnitudeShareBlocks() {
    assertThat(quantized("bfp4:block2:sorted", 2, 4, CHANNELS).order().orElseThrow())
        .hasToString("ChannelOrder[0, 2, 3, 1]");
  }

  @Test
  void rearrangingKeepsWhatOutliersWouldDrown() {
    assertThat(quantized("bfp4:block2:sorted", 2, 4, CHANNELS).decode())
        .containsExactly(96, 1, 88, 1.5, -80, 0.75, 88, -1.25);
  }

  @Test
  void withoutItTheyDrown() {
    assertThat(quantized("bfp4:block2", 2, 4, CHANNELS).decode())
        .containsExactly(96, 0, 88, 0, -80, 0, 88, 0);
  }

  @Test
  void thePlaceOfEachColumnIsStoredOnce() {
    // 4 bits and a sign, 8 / 16 of a scale, 6 bits for each of 64 columns in 12 rows.
    assertThat(TensorFormats.parse("bfp4:sorted").bitsPerElement(12, 64)).isEqualTo(5.5 + 0.5);
  }

  @Test
  void theOtherOperandMayHaveTheSameOrder() {
    TensorFormat format = TensorFormats.parse("bfp4:block2:sorted");
    ChannelOrder order = quantized(format.name(), 2, 4, CHANNELS).order().orElseThrow();
    EncodedMatrix other =
        new Quantizer(format, RoundingMode.TIES_TO_EVEN)
            .quantizeIn(order, new double[] {1, 2, 3, 4}, 1, 4);
    assertThat(other.decode()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void anOrderOfAnotherLengthIsRefused() {
    TensorFormat format = TensorFormats.parse("bfp4:block2:sorted");
    ChannelOrder order = ChannelOrder.byNorm(new double[] {1, 2}, 1, 2);
    assertThatThrownBy(
            () ->
                new Quantizer(format, RoundingMode.TIES_TO_EVEN)
                    .quantizeIn(order, new double[3], 1, 3))
        .hasMessage("ordered columns must number 3: 2");
  }

  @ParameterizedTest
  @CsvSource({
    "mx9, 9",
    "mx6, 6",
    "mx4, 4",
    "msfp16, 8.5",
    "msfp12, 4.5",
    "bfp4:block32, 5.25",
    "nvint4, 4.500006781684028",
    "vsq4_4, 4.260416666666667",
    "hbfp8, 8.017361111111111",
    "int4:group128:fp16, 4.125",
    "int4:group64:bf16, 4.25",
    "int4:group32:ceil, 4.25",
    "bitmod_fp4, 4.140625",
    "bitmod_fp3, 3.140625",
    "olive4, 4.010416666666667"
  })
  void scalesAndSelectorsCountAsStorage(String scheme, double bits) {
    assertThat(TensorFormats.parse(scheme).bitsPerElement(1536, 3072))
        .isCloseTo(bits, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx9",
        "mx4",
        "msfp12",
        "hbfp8",
        "vsq4_4",
        "olive4",
        "bitmod_fp4",
        "bfp4:sorted",
        "nvint4",
        "mxfp4:search",
        "int4:group8:search"
      })
  void zerosStayZeros(String scheme) {
    assertThat(quantized(scheme, 3, 40, new double[120]).decode()).containsOnly(0);
  }
}
