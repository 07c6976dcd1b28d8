package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import org.junit.jupiter.api.Test;

class ScaledGemmTest {

  private static final IntegerFormat INT8 = (IntegerFormat) Formats.canonical("int8");

  private static EncodedMatrix matrix(
      NumberFormat element, Extent extent, int rows, int columns, long[] codes, double... scales) {
    ScaleLevel level = new ScaleLevel(extent, Optional.empty(), ScaleRule.ABSMAX);
    TensorFormat format = new TensorFormat("test", element, List.of(level));
    return new EncodedMatrix(format, rows, columns, codes, List.of(scales));
  }

  private static ScaledGemm<?> integers() {
    return new ScaledGemm<>(new IntegerMacUnit(new IntegerMacSpec("t", INT8, INT8, 2, 32, false)));
  }

  private static <P> double[] multiply(ScaledGemm<P> gemm, EncodedMatrix a, EncodedMatrix b) {
    return gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
  }

  @Test
  void oneScaleARowMultipliesTheWholeSum() {
    EncodedMatrix a = matrix(INT8, new Extent.Row(), 2, 3, new long[] {1, 2, 3, 4, 5, 6}, 0.5, 2);
    EncodedMatrix b = matrix(INT8, new Extent.Tensor(), 1, 3, new long[] {1, 1, 255}, 4);
    assertThat(multiply(integers(), a, b)).containsExactly(0, 24);
  }

  @Test
  void theSumIsCutWhereAScaleOfEitherOperandChanges() {
    long[] ones = {1, 1, 1, 1, 1};
    EncodedMatrix a = matrix(INT8, new Extent.Group(2), 1, 5, ones, 1, 100, 10_000);
    EncodedMatrix b = matrix(INT8, new Extent.Group(3), 1, 5, ones, 1, 2);
    assertThat(multiply(integers(), a, b)).containsExactly(2 + 100 + 200 + 20_000);
  }

  @Test
  void scalesAreMultipliedFirstAndPromotionIsOneFusedMultiplyAdd() {
    long[] codes = {3, 7};
    double[] scalesA = {0.1, 0.7};
    double[] scalesB = {0.3, 1.1};
    EncodedMatrix a = matrix(INT8, new Extent.Group(1), 1, 2, codes, scalesA);
    EncodedMatrix b = matrix(INT8, new Extent.Group(1), 1, 2, new long[] {11, 13}, scalesB);
    float first = 33 * ((float) 0.1 * (float) 0.3);
    assertThat(multiply(integers(), a, b))
        .containsExactly(Math.fma(91f, (float) 0.7 * (float) 1.1, first));
  }

  /** 2^24 + 1 has 25 bits. */
  @Test
  void anIntegerSumIsRoundedToBinary32() {
    IntegerFormat int32 = (IntegerFormat) Formats.canonical("int32");
    var unit = new IntegerMacUnit(new IntegerMacSpec("t", int32, int32, 2, 32, false));
    long[] codes = {(1 << 24) + 1};
    EncodedMatrix a = TwinCheck.matrix(int32, 1, 1, codes);
    EncodedMatrix b = TwinCheck.matrix(int32, 1, 1, new long[] {1});
    assertThat(multiply(new ScaledGemm<>(unit), a, b)).containsExactly(1 << 24);
  }

  @Test
  void fixedPointSumsKeepTheirBinaryPoint() {
    IntegerFormat fixed = (IntegerFormat) Formats.canonical("q4.4");
    var unit = new IntegerMacUnit(new IntegerMacSpec("t", fixed, fixed, 2, 32, false));
    EncodedMatrix a = TwinCheck.matrix(fixed, 1, 1, new long[] {24});
    EncodedMatrix b = TwinCheck.matrix(fixed, 1, 1, new long[] {40});
    assertThat(multiply(new ScaledGemm<>(unit), a, b)).containsExactly(1.5 * 2.5);
  }

  @Test
  void nanOfAFloatUnitPasses() {
    KulischSpec spec = new KulischSpec("t", Formats.E4M3FN, Formats.E4M3FN, 4, 4, Formats.BINARY32);
    EncodedMatrix a = matrix(Formats.E4M3FN, new Extent.Tensor(), 1, 1, new long[] {0x7F}, 2);
    EncodedMatrix b = matrix(Formats.E4M3FN, new Extent.Tensor(), 1, 1, new long[] {0x38}, 2);
    assertThat(multiply(new ScaledGemm<>(KulischUnit.of(spec)), a, b)).containsExactly(Double.NaN);
  }

  @Test
  void operandsOfDifferentDepthAreRefused() {
    EncodedMatrix a = matrix(INT8, new Extent.Tensor(), 1, 2, new long[2], 1);
    EncodedMatrix b = matrix(INT8, new Extent.Tensor(), 1, 3, new long[3], 1);
    assertThatThrownBy(() -> multiply(integers(), a, b)).hasMessage("K of b must be 2: 3");
  }
}
