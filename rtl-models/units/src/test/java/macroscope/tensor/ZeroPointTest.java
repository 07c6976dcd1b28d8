package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroPointTest {

  private static EncodedMatrix quantized(String scheme, double... x) {
    return Quantizer.quantize(TensorFormats.parse(scheme), x, 1, x.length);
  }

  /** Jacob et al. 2018, section 2.1: r = S (q - Z). Here -1..2 in four bits: S = 1/5, Z = 5. */
  @Test
  void theCodesSpanTheNumbers() {
    assertThat(quantized("uint4:token:asym", -1, 0, 0.4, 2, 1.09).codes())
        .containsExactly(0, 5, 7, 15, 10);
  }

  @Test
  void theZeroPointIsTheCodeOfZero() {
    assertThat(quantized("uint4:token:asym", -1, 0, 0.4, 2, 1.09).zeroPoint(0, 3)).isEqualTo(5);
  }

  @Test
  void signedCodesStartAtTheMostNegative() {
    EncodedMatrix matrix = quantized("int4:token:asym", -1, 0, 2);
    assertThat(matrix.codes()).containsExactly(0x8, 0xD, 0x7);
  }

  @Test
  void positiveNumbersHaveTheZeroPointZero() {
    assertThat(quantized("uint8:token:asym", 100, 255, 30).decode()).containsExactly(100, 255, 30);
  }

  @Test
  void zerosStayZeros() {
    assertThat(quantized("uint4:group2:asym:e8m0", 0, 0, 3, 1).decode()[0]).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "uint4:group128:asym:fp16, 4.15625",
    "int4:group32:asym, 5.125",
    "uint8:tensor:asym:f32, 8.001220703125",
    "int4:group128:fp16, 4.125"
  })
  void zeroPointsCountAsStorage(String scheme, double bits) {
    assertThat(TensorFormats.parse(scheme).bitsPerElement(64, 512)).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource({"uint1", "uint2", "uint3", "uint4", "uint8", "uint16", "int3", "int8", "int16"})
  void noNumberIsOffByMoreThanHalfAStepAndTheZeroPointsRounding(String element) {
    SplittableRandom random = new SplittableRandom(3);
    double[] x = random.doubles(64, -3, 9).toArray();
    EncodedMatrix matrix = quantized(element + ":group16:asym", x);
    double[] decoded = matrix.decode();
    assertThat(IntStream.range(0, x.length))
        .allMatch(i -> Math.abs(decoded[i] - x[i]) <= 1.001 * matrix.scale(0, i));
  }

  @Test
  void codesAreRoundedAndThenShifted() {
    // x / s = 2.5 rounds to 2 whatever the zero point, here 1.
    assertThat(quantized("uint4:token:asym", -1, 14, 2.5).codes()).containsExactly(0, 15, 3);
  }

  @Test
  void zeroPointsNeedAllCodes() {
    ScaleLevel level =
        new ScaleLevel(
            new Extent.Row(),
            Optional.empty(),
            ScaleRule.MINMAX,
            Optional.of((IntegerFormat) Formats.canonical("uint4")));
    assertThatThrownBy(
            () -> new TensorFormat("wrong", Formats.canonical("int4sym"), List.of(level)))
        .hasMessageStartingWith("wrong: zero points are for the innermost scale");
  }

  @Test
  void theRuleNeedsZeroPoints() {
    assertThatThrownBy(() -> new ScaleLevel(new Extent.Row(), Optional.empty(), ScaleRule.MINMAX))
        .hasMessage("zero points and the rule minmax need each other: MINMAX");
  }
}
