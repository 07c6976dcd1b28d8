package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.format.Formats;
import org.junit.jupiter.api.Test;

/** Power-of-two scales of ZeroQuant-FP, exponent biases of LLM-FP4, dynamic fixed point. */
class ScaleConstraintsTest {

  private static final double[] X = {12, 0, 0, 3, 0, 1.4, 0.7, 0};

  private static EncodedMatrix quantized(String scheme) {
    return Quantizer.quantize(TensorFormats.parse(scheme), X, 1, X.length);
  }

  /** Scales by absmax would be 2, 1/2, 1.4/6, 0.7/6: M1 takes the next power of two. */
  @Test
  void m1RoundsScalesUpToPowersOfTwo() {
    assertThat(quantized("e2m1:group2:ceil").scales(0)).containsExactly(2, 0.5, 0.25, 0.125);
  }

  /** The quotients by the largest, 1, 4, 8.6 and 17.1, round up to 1, 4, 16 and 32. */
  @Test
  void m2ShiftsTheLargestScaleDown() {
    assertThat(quantized("e2m1:group2:m2").scales(1))
        .containsExactly(1, 1.0 / 4, 1.0 / 16, 1.0 / 32);
  }

  @Test
  void m2KeepsTheLargestScaleReal() {
    assertThat(quantized("e2m1:group2:m2").scales(0)).containsExactly(2);
  }

  @Test
  void theLargestScalesOwnIsOneWhateverTheNumbers() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = random.doubles(1000 * 4, -1, 1).toArray();
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse("e2m1:group2:m2"), x, 1000, 4);
    assertThat(IntStream.range(0, 1000))
        .allMatch(r -> Math.max(matrix.scales(1)[2 * r], matrix.scales(1)[2 * r + 1]) == 1);
  }

  /** A bias less by k is a scale of 2^k: every code of e2m1 with bias -1 is four times that with 1. */
  @Test
  void anExponentBiasIsAPowerOfTwoScale() {
    assertThat(LongStream.range(0, 16))
        .allMatch(
            code ->
                Formats.canonical("gen_e2m1_fin_b-1").decodeDouble(code)
                    == 4 * Formats.E2M1FN.decodeDouble(code));
  }

  @Test
  void searchedBiasesArePowersOfTwo() {
    double scale = quantized("e2m1:tensor:search:e8m0").scales(0)[0];
    assertThat(scale).isIn(0.5, 1.0, 2.0, 4.0);
  }

  /** Das et al. 2018: absmax 12 has exponent 3, so the shared one is 3 - 14 and 12 is 3 * 2^13. */
  @Test
  void dfp16SharesTheExponentOfTheLargest() {
    assertThat(quantized("dfp16").codes()).startsWith(3 << 13);
  }

  @Test
  void dfp16TakesSixteenBitsAndAByteATensor() {
    assertThat(TensorFormats.parse("dfp16").bitsPerElement(16, 16)).isEqualTo(16 + 1.0 / 32);
  }

  @Test
  void fullIntegersKeepTheMostNegativeCode() {
    // Stored as e8m0, 7.9 / 7 rounds to a scale of 1.
    double[] x = {-7.9, 1};
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse("int4:token:full:e8m0"), x, 1, 2);
    assertThat(matrix.decode()).containsExactly(-8, 1);
  }

  /** The scale is 8 / 2^3; symmetric integers have 8 / 7. */
  @Test
  void fullIntegersSpreadTheLargestOverAllCodes() {
    double[] x = {-8, 7.9, 1.2, -3};
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse("int4:token:full"), x, 1, 4);
    assertThat(matrix.decode()).containsExactly(-8, 7, 1, -3);
  }

  /** OCP's int8 has values code / 64 of which the largest is below 2: the rule counts no -2. */
  @Test
  void aRuleOfExponentsCountsTheLargestPositive() {
    double[] x = {-8, 7.9, 1.2, -3};
    EncodedMatrix matrix =
        Quantizer.quantize(TensorFormats.parse("int4:token:full:floor"), x, 1, 4);
    assertThat(matrix.scales(0)).containsExactly(2);
  }

  @Test
  void binaryHasTheMeanMagnitudeOfItsRow() {
    double[] x = {1, -3, 2, -2};
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse("binary:channel"), x, 1, 4);
    assertThat(matrix.decode()).containsExactly(2, -2, 2, -2);
  }

  @Test
  void positsAreCastWithoutScales() {
    double[] x = {1.03125, 1e9};
    EncodedMatrix matrix = Quantizer.quantize(TensorFormats.parse("posit8_0"), x, 1, 2);
    assertThat(matrix.decode()).containsExactly(1.03125, 64);
  }
}
