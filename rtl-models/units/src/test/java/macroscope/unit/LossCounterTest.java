package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossCounterTest {

  private static final long BIG = 0b0_11101_00; // 2^14 in e5m2
  private static final long ONE = 0b0_01111_00;
  private static final long ONE_AND_A_HALF = 0b0_01111_10;

  private static FusedDotSpec fused(FloatFormat operand, FloatFormat accumulator) {
    return new FusedDotSpec(
        "test", operand, operand, accumulator, 4, 4, 13, RoundingMode.TOWARD_ZERO, 2);
  }

  private static Losses losses(UnitSpec spec, NumberFormat operand, long[] a, long[] b, long c) {
    LossCounter counter = new LossCounter();
    product(counter.unit(spec).orElseThrow(), operand, 1, 1, a, b, new long[] {c});
    return counter.total();
  }

  private static <P> long[] product(
      DotProductUnit<P> unit,
      NumberFormat operand,
      int rows,
      int columns,
      long[] a,
      long[] b,
      long[] c) {
    int depth = a.length / rows;
    Accumulators sums = new Accumulators(unit.accumulatorFormat(), rows, columns, c.clone());
    P left = unit.prepareA(TwinCheck.matrix(operand, rows, depth, a));
    P right = unit.prepareB(TwinCheck.matrix(operand, columns, depth, b));
    unit.gemm(left, right, 0, depth, sums);
    return sums.codes();
  }

  /** Beside 2^14 with 13 fraction bits, 1 vanishes; 1.5 * 2^14 keeps all, 2 * 1.5 keeps its 2. */
  @Test
  void countsTermsThatLoseBitsAndTermsThatVanish() {
    long[] a = {BIG, ONE, 0, ONE_AND_A_HALF};
    long[] b = {ONE_AND_A_HALF, ONE, ONE, 0b0_10000_00};
    assertThat(losses(fused(Formats.E5M2, Formats.BINARY32), Formats.E5M2, a, b, 0))
        .isEqualTo(new Losses(3, 2, 1, 0, 0, 0, 0));
  }

  @Test
  void countsAddendsThatLoseBits() {
    long addend = 0x3F80_0001L; // 1 + 2^-23
    assertThat(
            losses(
                fused(Formats.E5M2, Formats.BINARY32),
                Formats.E5M2,
                new long[] {ONE},
                new long[] {ONE},
                addend))
        .isEqualTo(new Losses(1, 0, 0, 1, 1, 0, 0));
  }

  @Test
  void countsAnOverflowOnce() {
    long[] a = new long[8];
    long[] b = new long[8];
    a[0] = BIG;
    b[0] = BIG;
    assertThat(losses(fused(Formats.E5M2, Formats.BINARY16), Formats.E5M2, a, b, 0).overflows())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsSumsThatAnIntegerAccumulatorDoesNotHold(boolean saturating) {
    IntegerFormat int8 = (IntegerFormat) Formats.canonical("int8");
    IntegerMacSpec spec = new IntegerMacSpec("test", int8, int8, 1, 16, saturating);
    long[] most = {127, 127, 127};
    long[] signs = {127, 127, 127};
    assertThat(losses(spec, int8, most, signs, 0))
        .isEqualTo(new Losses(0, 0, 0, 0, 0, saturating ? 0 : 1, saturating ? 1 : 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3",
        "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32"
      })
  void aUnitThatCountsGivesTheSameBits(String name) {
    FusedDotSpec spec = (FusedDotSpec) Units.named(name).orElseThrow();
    Random random = new Random(5);
    long[] a = random.longs(5 * 70, 0, 1L << spec.a().bits()).toArray();
    long[] b = random.longs(67 * 70, 0, 1L << spec.b().bits()).toArray();
    long[] c = new long[5 * 67];
    DotProductUnit<?> counting = new LossCounter().unit(spec).orElseThrow();
    assertThat(product(counting, spec.a(), 5, 67, a, b, c))
        .isEqualTo(product(new FusedDotUnit(spec), spec.a(), 5, 67, a, b, c));
  }

  @Test
  void aFamilyThatDoesNotCountSaysSo() {
    assertThat(new LossCounter().unit(new FmaChainSpec("fma", Formats.BINARY32, 4))).isEmpty();
  }
}
