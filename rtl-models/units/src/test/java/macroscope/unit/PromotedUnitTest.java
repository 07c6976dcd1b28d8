package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Inventory;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferencePromotion;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromotedUnitTest {

  private static final String HOPPER = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";

  private static PromotedSpec named(String unit, int interval) {
    return (PromotedSpec) Units.named(unit + "+promote:interval=" + interval).orElseThrow();
  }

  private static TwinCheck check(PromotedSpec spec) {
    FusedDotSpec inner = (FusedDotSpec) spec.unit();
    ReferencePromotion twin =
        new ReferencePromotion(new ReferenceFusedDot(inner), inner.accumulator(), spec.interval());
    return new TwinCheck(PromotedUnit.of(spec), twin, inner.a(), inner.b(), 128);
  }

  @ParameterizedTest
  @EnumSource(Draw.class)
  void equalsItsTwin(Draw draw) {
    assertThat(check(named(HOPPER, 64)).differences(draw, 3, 17, 200, 200)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Draw.class)
  void equalsItsTwinOnBinary16Sums(Draw draw) {
    PromotedSpec spec = named("nvidia.ampere.mma.m16n8k8.f16.f16.f16.f16", 16);
    assertThat(check(spec).differences(draw, 3, 17, 70, 64)).isEmpty();
  }

  /** Beside 256 the unit keeps nothing below 4; what is promoted no longer stands beside it. */
  @ParameterizedTest
  @CsvSource({"32, 480", "64, 448", "128, 384", "256, 256"})
  void theIntervalDecidesHowManyOnesAreLostBesideALargeProduct(int interval, float sum) {
    long[] x = new long[256];
    Arrays.fill(x, 0x38);
    long[] y = x.clone();
    y[0] = 0x78;
    String unit = "fused:a=e4m3fn,length=32,kept_fraction_bits=6,output_fraction_bits=6";
    assertThat(dot(PromotedUnit.of(named(unit, interval)), x, y)).isEqualTo(sum);
  }

  private static <P> float dot(DotProductUnit<P> unit, long[] x, long[] y) {
    EncodedMatrix a = TwinCheck.matrix(Formats.E4M3FN, 1, x.length, x);
    EncodedMatrix b = TwinCheck.matrix(Formats.E4M3FN, 1, y.length, y);
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, x.length, c);
    return Float.intBitsToFloat((int) c.codes()[0]);
  }

  /** The epilogue adds sums of groups as promotion does. */
  @Test
  void scalesOfOneForGroupsOfTheIntervalGiveTheSameBits() {
    long[] x = new Random(1).longs(3 * 200, 0, 0x7F).toArray();
    long[] y = new Random(2).longs(5 * 200, 0, 0x7F).map(code -> code ^ (code & 1) << 7).toArray();
    ScaleLevel ones = new ScaleLevel(new Extent.Group(64), Optional.empty(), ScaleRule.ABSMAX);
    assertThat(product(HOPPER + "+promote:interval=64", x, y, List.of(ones)))
        .isEqualTo(product(HOPPER, x, y, List.of(ones)))
        .isEqualTo(product(HOPPER + "+promote:interval=64", x, y, List.of()))
        .isNotEqualTo(product(HOPPER, x, y, List.of()));
  }

  private static double[] product(String unit, long[] x, long[] y, List<ScaleLevel> levels) {
    return product(
        new ScaledGemm<>(Units.create(Units.named(unit).orElseThrow())),
        matrix(x, levels),
        matrix(y, levels));
  }

  private static <P> double[] product(ScaledGemm<P> gemm, EncodedMatrix a, EncodedMatrix b) {
    return gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
  }

  private static EncodedMatrix matrix(long[] codes, List<ScaleLevel> levels) {
    int rows = codes.length / 200;
    TensorFormat format = new TensorFormat("t", Formats.E4M3FN, levels);
    List<double[]> scales =
        levels.stream()
            .map(
                level -> {
                  double[] ones = new double[level.extent().count(rows, 200)];
                  Arrays.fill(ones, 1);
                  return ones;
                })
            .toList();
    return new EncodedMatrix(format, rows, 200, codes, scales);
  }

  @Test
  void theAccumulatorIsBinary32() {
    PromotedSpec spec = named("nvidia.hopper.wgmma.m64n8k32.f16.e4m3.e4m3", 32);
    assertThat(PromotedUnit.of(spec).accumulatorFormat()).isEqualTo(Formats.BINARY32);
  }

  @Test
  void theAdderWorksOnceAnInterval() {
    Inventory own = Units.create(named(HOPPER, 32).unit()).inventory();
    assertThat(PromotedUnit.of(named(HOPPER, 128)).inventory().lines())
        .startsWith(own.lines().toArray(Inventory.Line[]::new))
        .filteredOn(line -> !own.lines().contains(line))
        .isNotEmpty()
        .allMatch(line -> line.usesPerPass() == 0.25)
        .last()
        .matches(line -> line.name().equals("promoted sum register"));
  }

  @Test
  void promotionIsAStepOfThePipeline() {
    assertThat(PromotedUnit.of(named(HOPPER, 128)).pipeline().stages())
        .last()
        .asString()
        .endsWith(" - promote");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 | 48"
            + " | promotion interval must be a multiple of the 32 products of a pass: 48",
        "fma_chain:format=binary64,length=4 | 4"
            + " | sums to promote must be floats that binary32 holds: binary64",
        "integer_mac:a=int8,length=4,accumulator_bits=32 | 4"
            + " | sums to promote must be floats that binary32 holds: int32",
        "lookup_table:weight_bits=2,activation_group=32,tables_per_call=8 | 32"
            + " | a unit that works on all of K at once cannot be promoted:"
            + " lookup_table:weight_bits=2,activation_group=32,tables_per_call=8"
      })
  void aUnitThatCannotBePromotedIsRefused(String unit, int interval, String rule) {
    PromotedSpec spec = named(unit, interval);
    assertThatThrownBy(() -> PromotedUnit.of(spec)).hasMessage(rule);
  }

  @Test
  void twoActivationsArePromotedToo() {
    String both = HOPPER + "+dequantize:weights=int4+promote:interval=64";
    UnitSpec spec = Units.named(both).orElseThrow();
    DotProductUnit<?> unit = Units.create(spec).ofActivations();
    assertThat(((PromotedSpec) unit.spec()).unit()).isEqualTo(Units.named(HOPPER).orElseThrow());
  }

  @Test
  void sumsOfAnyFormatThatBinary32HoldsArePromoted() {
    FloatFormat narrow = Formats.BFLOAT16;
    PromotedSpec spec = named("fused:a=e4m3fn,length=4,kept_fraction_bits=9,output=bfloat16", 4);
    assertThat(((FusedDotSpec) spec.unit()).accumulator()).isEqualTo(narrow);
    assertThat(check(spec).differences(Draw.RAW, 3, 9, 18, 18)).isEmpty();
  }
}
