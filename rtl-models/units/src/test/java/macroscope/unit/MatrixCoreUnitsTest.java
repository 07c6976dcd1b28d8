package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.reference.ReferenceExactGroupDot;
import macroscope.reference.ReferencePairwiseDot;
import macroscope.reference.ReferenceTwoLevelDot;
import macroscope.reference.ReferenceUnit;
import macroscope.reference.ReferenceVectorFma;
import macroscope.unit.TwinCheck.Draw;
import macroscope.unit.VectorFmaSpec.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrix cores of AMD, vector and tile instructions of Intel, against their twins. */
class MatrixCoreUnitsTest {

  private static final FloatFormat E4M3FNUZ = (FloatFormat) Formats.canonical("e4m3fnuz");
  private static final FloatFormat E5M2FNUZ = (FloatFormat) Formats.canonical("e5m2fnuz");

  private record Case(UnitSpec spec, ReferenceUnit twin, FloatFormat a, FloatFormat b) {
    @Override
    public String toString() {
      return spec.toString();
    }

    TwinCheck check() {
      return new TwinCheck(Units.create(spec), twin, a, b, 9);
    }
  }

  private static Case pairwise(FloatFormat a, int length, int group, boolean flushing) {
    PairwiseDotSpec spec = new PairwiseDotSpec("pair", a, a, length, group, flushing);
    return new Case(spec, new ReferencePairwiseDot(spec), a, a);
  }

  private static Case twoLevel(FloatFormat a, FloatFormat b, int length, int group, int lanes) {
    TwoLevelDotSpec spec = new TwoLevelDotSpec("two", a, b, length, group, lanes);
    return new Case(spec, new ReferenceTwoLevelDot(spec), a, b);
  }

  private static Case fma(
      FloatFormat operand, FloatFormat sum, int length, Order order, boolean flushing) {
    VectorFmaSpec spec = new VectorFmaSpec("fma", operand, sum, length, order, flushing);
    return new Case(spec, new ReferenceVectorFma(spec), operand, operand);
  }

  private static Case exact(FloatFormat a, int length, int group) {
    ExactGroupDotSpec spec = new ExactGroupDotSpec("exact", a, a, Formats.BINARY32, length, group);
    return new Case(spec, new ReferenceExactGroupDot(spec), a, a);
  }

  static Stream<Case> cases() {
    return Stream.of(
        pairwise(Formats.BINARY16, 8, 4, false),
        pairwise(Formats.BFLOAT16, 4, 2, false),
        pairwise(Formats.BINARY16, 16, 4, true),
        pairwise(Formats.BFLOAT16, 8, 8, true),
        pairwise(Formats.E5M2, 16, 16, true),
        exact(Formats.BINARY16, 8, 4),
        exact(Formats.BFLOAT16, 4, 2),
        twoLevel(Formats.BINARY16, Formats.BINARY16, 16, 8, 1),
        twoLevel(Formats.BFLOAT16, Formats.BFLOAT16, 8, 8, 1),
        twoLevel(Formats.TF32, Formats.TF32, 8, 4, 1),
        twoLevel(Formats.BFLOAT16, Formats.BINARY16, 6, 3, 2),
        twoLevel(E4M3FNUZ, E5M2FNUZ, 32, 16, 2),
        twoLevel(E5M2FNUZ, E5M2FNUZ, 16, 16, 2),
        fma(Formats.BFLOAT16, Formats.BINARY32, 32, Order.TWO_SUMS, true),
        fma(Formats.BFLOAT16, Formats.BINARY32, 2, Order.ODD_FIRST, true),
        fma(Formats.BFLOAT16, Formats.BINARY32, 4, Order.ODD_FIRST, false),
        fma(Formats.BINARY32, Formats.BINARY32, 1, Order.ASCENDING, false),
        fma(Formats.BINARY16, Formats.BINARY16, 2, Order.TWO_SUMS, false),
        fma(Formats.BINARY16, Formats.BINARY16, 1, Order.ASCENDING, false));
  }

  /** NaN of AMD's units are a class, but unit and twin agree on which. */
  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsTwinOnRawBits(Case one) {
    assertThat(one.check().differences(Draw.RAW, 20, 37, 3, 3)).isEmpty();
    assertThat(one.check().differences(Draw.RAW, 20, 37, 8, 8)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsTwinOnFiniteOperands(Case one) {
    assertThat(one.check().differences(Draw.FINITE, 7, 260, 35, 32)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsTwinWhereExponentsAreClose(Case one) {
    assertThat(one.check().differences(Draw.CLOSE, 7, 65, 64, 32)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasPartsAndAPipeline(Case one) {
    DotProductUnit<?> unit = Units.create(one.spec);
    assertThat(unit.inventory().lines()).isNotEmpty();
    assertThat(unit.pipeline().stages()).doesNotHaveDuplicates();
  }

  private static long dot(String instruction, long[] a, long[] b, long c) {
    Instruction one = Units.find(instruction).orElseThrow();
    return one.dot(Units.create(one.unit()), a, b, c);
  }

  /**
   * 1 + 2^-23 next to a sum of -2^-24 + 2^-40: cut toward minus infinity that is a tie, which goes to
   * the even 1; cut toward zero the addend would stay.
   */
  @Test
  void aNegativeSumIsCutTowardMinusInfinityOnCdna3() {
    long[] a = {0x8C00, 0x0010, 0, 0};
    long[] b = {0x0C00, 0x0010, 0, 0};
    assertThat(dot("amd.cdna3.mfma.f32_4x4x4_16b_f16", a, b, 0x3F80_0001L)).isEqualTo(0x3F80_0000L);
  }

  /** Cdna2 flushes the subnormal binary16 operand, Cdna1 does not. */
  @Test
  void onlyCdna2FlushesASubnormalOperand() {
    long[] least = {1, 0, 0, 0};
    long[] one = {0x3C00, 0, 0, 0};
    assertThat(dot("amd.cdna1.mfma.f32_4x4x4f16", least, one, 0)).isEqualTo(0x3380_0000L);
    assertThat(dot("amd.cdna2.mfma.f32_4x4x4f16", least, one, 0)).isZero();
  }

  /** 2^-149 survives no operation of TDPBF16PS, but the NaN of an operand does, quieted. */
  @Test
  void anAmxTileFlushesAddendsAndKeepsNanPayloads() {
    long[] zeros = new long[2];
    assertThat(dot("intel.xeonamx.tdpbf16ps", zeros, zeros, 0x8000_0001L)).isZero();
    assertThat(dot("intel.xeonamx.tdpbf16ps", new long[] {0x7F81, 0}, zeros, 0))
        .isEqualTo(0x7FC1_0000L);
    assertThat(dot("intel.xeonamx.tdpbf16ps", new long[] {0x7F80, 0}, zeros, 0))
        .isEqualTo(0xFFC0_0000L);
  }

  /** 2 * 127 * 255 next to the largest integer. */
  @Test
  void onlyTheSaturatingFormOfVpdpbusdClamps() {
    long[] a = {255, 255, 0, 0};
    long[] b = {127, 127, 0, 0};
    assertThat(dot("intel.xeonamx.vpdpbusds", a, b, 0x7FFF_FFFFL)).isEqualTo(0x7FFF_FFFFL);
    assertThat(dot("intel.xeonamx.vpdpbusd", a, b, 0x7FFF_FFFFL)).isEqualTo(0x8000_FD01L);
  }

  /** 2^15 + 2^-48 - 2^15: only an exact sum keeps the middle. */
  @Test
  void anExactGroupRoundsOnce() {
    PairwiseDotSpec pair =
        new PairwiseDotSpec("pair", Formats.BINARY16, Formats.BINARY16, 4, 4, false);
    ExactGroupDotSpec exact =
        new ExactGroupDotSpec("exact", Formats.BINARY16, Formats.BINARY16, Formats.BINARY32, 4, 4);
    long[] a = {0x7800, 0x0001, 0xF800, 0};
    long[] b = {0x3C00, 0x0001, 0x3C00, 0};
    assertThat(dot(pair, a, b)).isZero();
    assertThat(dot(exact, a, b)).isEqualTo(0x2780_0000L);
  }

  private static long dot(UnitSpec spec, long[] a, long[] b) {
    return dot(Units.create(spec), a, b);
  }

  private static <P> long dot(DotProductUnit<P> unit, long[] a, long[] b) {
    Accumulators sum = Accumulators.zeros(Formats.BINARY32, 1, 1);
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(Formats.BINARY16, 1, a.length, a)),
        unit.prepareB(TwinCheck.matrix(Formats.BINARY16, 1, b.length, b)),
        0,
        a.length,
        sum);
    return sum.codes()[0];
  }

  @Test
  void flushingIsRefusedWhereItsProofDoesNotHold() {
    assertThatThrownBy(() -> fma(Formats.BINARY32, Formats.BINARY32, 1, Order.ASCENDING, true))
        .hasMessage("flushing is modelled for bfloat16 operands: binary32");
  }

  @Test
  void groupsOfATreeArePowersOfTwo() {
    assertThatThrownBy(() -> pairwise(Formats.BINARY16, 6, 6, false))
        .hasMessage("group length must be a power of two that divides length 6: 6");
  }

  @Test
  void everyArchitectureIsListed() {
    assertThat(
            Units.all().stream()
                .map(i -> i.vendor() + " " + i.architecture())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "NVIDIA Volta",
            "NVIDIA Turing",
            "NVIDIA Ampere",
            "NVIDIA Ada Lovelace",
            "NVIDIA Hopper",
            "NVIDIA Blackwell",
            "NVIDIA RTX Blackwell",
            "AMD CDNA1",
            "AMD CDNA2",
            "AMD CDNA3",
            "AMD CDNA4",
            "INTEL XeonAMX");
  }
}
