package macroscope.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import macroscope.reference.ReferenceElementwise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integer softmax, GELU and layer normalisation against their twins and against real numbers. */
class IntegerRowsTest {

  private static final int SCALE_BITS = 5;
  private static final double SCALE = Math.scalb(1.0, -SCALE_BITS);

  private static long[] row(int seed, int length, int bound) {
    return new SplittableRandom(seed).longs(length, -bound, bound + 1).toArray();
  }

  private static Shiftmax softmax(int outputBits) {
    return new Shiftmax(ShiftExponential.ofScale(SCALE, Shiftmax.FRACTION_BITS), outputBits);
  }

  private static ShiftGelu gelu(int outputBits) {
    return new ShiftGelu(ShiftExponential.ofScale(SCALE, ShiftGelu.FRACTION_BITS), outputBits);
  }

  @ParameterizedTest
  @CsvSource({"1, 15", "20, 15", "37, 23", "255, 23", "65536, 15"})
  void anExponentialEqualsItsTwin(long inverseScale, int bits) {
    ShiftExponential exponential = new ShiftExponential(inverseScale, bits);
    for (long x = 0; x > -4000; x--) {
      assertThat(exponential.of(x))
          .isEqualTo(ReferenceElementwise.exponential(exponential, x).longValueExact());
    }
  }

  /** 1 - f/2 is up to 0.043 above 2^-f; 1.0111b is 0.4 % below log2 e. */
  @Test
  void anExponentialIsWithin5PerCentOfOne() {
    ShiftExponential exponential = new ShiftExponential(1 << 10, 20);
    for (long x = 0; x > -12 << 10; x -= 7) {
      double got = exponential.of(x) / (double) exponential.of(0);
      assertThat(got).isBetween(Math.exp(x * 0x1p-10) - 0.005, Math.exp(x * 0x1p-10) + 0.05);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void shiftmaxEqualsItsTwin(int bits) {
    for (int seed = 0; seed < 50; seed++) {
      long[] row = row(seed, 1 + seed, 200);
      assertThat(softmax(bits).of(row)).isEqualTo(ReferenceElementwise.softmax(softmax(bits), row));
    }
  }

  /** Exponentials are too large by up to 6 %, the same way for all; 8 bits cut one part in 128. */
  @Test
  void shiftmaxIsWithin4PerCentOfSoftmax() {
    for (int seed = 0; seed < 50; seed++) {
      long[] row = row(seed, 24, 150);
      long[] got = softmax(16).of(row);
      double sum = Arrays.stream(row).mapToDouble(x -> Math.exp(x * SCALE)).sum();
      for (int i = 0; i < row.length; i++) {
        assertThat(got[i] * 0x1p-15 - Math.exp(row[i] * SCALE) / sum).isBetween(-0.04, 0.04);
      }
    }
  }

  @Test
  void shiftmaxNeverAddsUpToMoreThanOne() {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(Arrays.stream(softmax(8).of(row(seed, 40, 100))).sum()).isLessThanOrEqualTo(128);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12})
  void shiftGeluEqualsItsTwin(int bits) {
    for (int seed = 0; seed < 50; seed++) {
      long[] row = row(seed, 1 + seed, 128);
      assertThat(gelu(bits).of(row)).isEqualTo(ReferenceElementwise.gelu(gelu(bits), row));
    }
  }

  /** 1/2 + the density's series integrated term by term, for |x| <= 4. */
  private static double normalDistribution(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 60; n++) {
      term *= -x * x / (2 * n);
      sum += term / (2 * n + 1);
    }
    return 0.5 + sum / Math.sqrt(2 * Math.PI);
  }

  private static double[] geluErrors(int fractionBits) {
    long[] row = new long[257];
    Arrays.setAll(row, i -> i - 128);
    long[] got = new ShiftGelu(ShiftExponential.ofScale(SCALE, fractionBits), 16).of(row);
    double[] errors = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      double x = row[i] * SCALE;
      errors[i] = got[i] * SCALE * 0x1p-15 - x * normalDistribution(x);
    }
    return errors;
  }

  /** x sigmoid(1.702 x) itself is within 0.0203 of GELU; exponentials by shifts add to it. */
  @Test
  void shiftGeluIsNearGelu() {
    for (double error : geluErrors(18)) {
      assertThat(error).isBetween(-0.04, 0.02);
    }
  }

  /** floor((2^31 - 1) / 2^28) = 7 in place of 8. */
  @Test
  void aReciprocalOfThreeBitsTakesAnEighth() {
    assertThat(geluErrors(ShiftGelu.FRACTION_BITS)[256]).isBetween(-0.51, -0.49);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 20})
  void layerNormEqualsItsTwin(int iterations) {
    IntegerLayerNorm norm = new IntegerLayerNorm(iterations);
    for (int seed = 0; seed < 50; seed++) {
      long[] row = row(seed, 2 + 5 * seed, 1 << (seed % 20));
      assertThat(norm.of(row)).isEqualTo(ReferenceElementwise.layerNorm(norm, row));
    }
  }

  @Test
  void layerNormIsWithinOnePerCent() {
    long[] row = row(3, 128, 100_000);
    long[] got = new IntegerLayerNorm(10).of(row);
    double mean = Arrays.stream(row).average().orElseThrow();
    double variance = Arrays.stream(row).mapToDouble(x -> (x - mean) * (x - mean)).sum() / 128;
    for (int i = 0; i < row.length; i++) {
      double exact = (row[i] - mean) / Math.sqrt(variance);
      assertThat(got[i] * Math.sqrt(128) * 0x1p-30).isBetween(exact - 0.01, exact + 0.01);
    }
  }

  @Test
  void tenIterationsFindTheRoot() {
    for (long root = 200; root < 1 << 22; root = root * 5 / 4) {
      assertThat(new IntegerLayerNorm(10).root(root * root + 5)).isBetween(root, root + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 6, 12", "3, 6, 12", "2, 0, 8", "3, 0, 8", "2, 12, 20", "3, 12, 20"})
  void aPowerSumEqualsItsTwin(int passes, int fractionBits, int tableBits) {
    PowerSoftmax softmax = new PowerSoftmax(fractionBits, tableBits, 15, passes);
    for (int seed = 0; seed < 50; seed++) {
      long[] row = row(seed, 1 + seed, 8 << fractionBits);
      assertThat(softmax.sum(row)).isEqualTo(ReferenceElementwise.powerSum(softmax, row));
    }
  }

  /** Every step of the online sum cuts less than one unit; each element of the other does too. */
  @Test
  void twoPassesDifferFromThreeByLessThanAUnitAnElement() {
    for (int seed = 0; seed < 200; seed++) {
      long[] row = row(seed, 100, 500);
      long three = new PowerSoftmax(6, 16, 15, 3).sum(row);
      assertThat(new PowerSoftmax(6, 16, 15, 2).sum(row)).isBetween(three - 100, three + 100);
    }
  }

  @Test
  void aPowerSoftmaxIsNearSoftmax() {
    long[] row = row(9, 64, 300);
    long[] got = new PowerSoftmax(6, 16, 15, 2).of(row);
    double sum = Arrays.stream(row).mapToDouble(x -> Math.pow(2, x * 0x1p-6)).sum();
    for (int i = 0; i < row.length; i++) {
      double exact = Math.pow(2, row[i] * 0x1p-6) / sum;
      assertThat(got[i] * 0x1p-15).isBetween(exact - 0.001, exact + 0.001);
    }
  }

  @Test
  void anExponentOfMoreThanZeroIsRefused() {
    assertThatThrownBy(() -> new ShiftExponential(16, 15).of(1))
        .hasMessage("exponent must be -2^40..0: 1");
  }

  @Test
  void anExponentialMustFit32Bits() {
    assertThatThrownBy(() -> new ShiftExponential(512, 23))
        .hasMessage("inverse scale must be 1..2^8: 512");
  }
}
