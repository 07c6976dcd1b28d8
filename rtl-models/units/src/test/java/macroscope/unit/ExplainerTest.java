package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.Explainer.Operands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {

  private static long[] codes(RegisterType type, long[] registers) {
    return Arrays.stream(registers).map(type::code).toArray();
  }

  private static Operands operands(GoldenDot row) {
    Instruction one = row.instruction();
    NumberFormat c = one.c().format();
    NumberFormat d = one.d().format();
    long addend =
        c.equals(d)
            ? row.c()
            : d.encode(c.decode(row.c()), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    RegisterType scale = one.scale().map(BlockScale::type).orElse(one.a());
    return new Operands(
        codes(one.a(), row.a().elements()),
        codes(one.b(), row.b().elements()),
        codes(scale, row.a().scales()),
        codes(scale, row.b().scales()),
        addend);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia-volta-mma",
        "nvidia-ampere-mma",
        "nvidia-hopper-wgmma",
        "nvidia-blackwell-tcgen05mma_block_scale",
        "nvidia-rtxblackwell-mma_block_scale",
        "amd-cdna1-mfma",
        "amd-cdna2-mfma",
        "amd-cdna3-mfma",
        "intel-amx",
        "intel-avx512"
      })
  void anExplanationEndsInTheGoldenResult(String file) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (GoldenDot row : GoldenDot.rows(file)) {
      Explanation explanation = Explainer.explain(row.instruction().unit(), operands(row));
      if (!row.agrees(explanation.result()) && !(isNan(row) && isNan(row, explanation))) {
        wrong.add(row.id() + ": " + Long.toHexString(explanation.result()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** NaN of FP64 instructions are compared as a class. */
  private static boolean isNan(GoldenDot row) {
    NumberFormat d = row.instruction().d().format();
    return d.bits() == Long.SIZE && d.decode(row.expected()).isNan();
  }

  private static boolean isNan(GoldenDot row, Explanation explanation) {
    return row.instruction().d().format().decode(explanation.result()).isNan();
  }

  private static Operands plain(long... codes) {
    return new Operands(
        Arrays.copyOf(codes, codes.length - 1),
        Arrays.copyOf(codes, codes.length - 1),
        new long[0],
        new long[0],
        codes[codes.length - 1]);
  }

  /** 2^24 + 1 + 1: binary32 loses one after the other. */
  @Test
  void aChainIsExplainedRoundingByRounding() {
    Explanation explanation =
        Explainer.explain(
            unit("intel.xeonamx.vfmaddps"), plain(0x3F800000, 0x3F800000, 0x4B800000L));
    assertThat(explanation.steps())
        .extracting(Explanation.Step::rounded)
        .containsExactly(Value.of(1, 24), Value.of(1, 24));
    assertThat(explanation.steps().get(1).sum()).isEqualTo(Value.of((1 << 24) + 1, 0));
    assertThat(explanation.steps()).noneMatch(Explanation.Step::aligned);
  }

  @Test
  void anExactSumIsOneStep() {
    UnitSpec kulisch = unit("kulisch:a=e4m3fn,length=2,terms=64");
    assertThat(Explainer.explain(kulisch, plain(0x38, 0x38, 0x38, 0x38, 0x38, 0)).steps())
        .singleElement()
        .extracting(Explanation.Step::rounded)
        .isEqualTo(Value.of(5, 0));
  }

  /** 100^2 * 2 in 8 bits: 20,000 wraps or saturates. */
  @ParameterizedTest
  @CsvSource({"false, 32", "true, 127"})
  void aSumOfIntegersShowsWhatIsStored(boolean saturating, int stored) {
    UnitSpec mac = unit("integer_mac:a=int8,length=2,accumulator_bits=8,saturating=" + saturating);
    Explanation.Step step = Explainer.explain(mac, plain(100, 100, 0)).steps().get(0);
    assertThat(step.sum()).isEqualTo(Value.of(20_000, 0));
    assertThat(step.rounded()).isEqualTo(Value.of(stored, 0));
  }

  @Test
  void aGroupOfAMatrixCoreIsAStep() {
    UnitSpec cdna3 = unit("amd.cdna3.mfma.f32_16x16x16_f16");
    long[] ones = new long[17];
    Arrays.fill(ones, 0, 16, 0x3C00);
    assertThat(Explainer.explain(cdna3, plain(ones)).steps())
        .extracting(Explanation.Step::name)
        .containsExactly("c + products 0..7", "then c + products 8..15");
  }

  @Test
  void theExactResultStandsBesideThatOfBinary32() {
    UnitSpec hopper = unit("nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3");
    DotComparison comparison = DotComparison.of(hopper, plain(0x7E, 0x38, 0)).orElseThrow();
    assertThat(comparison.exact()).isEqualTo(Value.of(448 * 448 + 1, 0));
    assertThat(comparison.binary32()).contains(Float.floatToRawIntBits(200_705f) & 0xFFFFFFFFL);
  }

  @Test
  void scalesCountInTheExactResult() {
    UnitSpec nvfp4 =
        unit("nvidia.blackwell.tcgen05mma.block_scale.m128n8k64.block16.f32.e2m1.e2m1.ue4m3");
    Operands x =
        new Operands(new long[] {1}, new long[] {7}, new long[] {0x40}, new long[] {0x40}, 0);
    assertThat(DotComparison.of(nvfp4, x).orElseThrow().exact()).isEqualTo(Value.of(12, 0));
  }

  static Stream<UnitSpec> specs() {
    FusedDotSpec bf16 = (FusedDotSpec) unit("nvidia.ampere.mma.m16n8k16.f32.bf16.bf16.f32");
    return Stream.of(
        unit("nvidia.hopper.mma.m16n8k16.f32.e4m3.e5m2.f32"),
        unit("nvidia.blackwell.mma.m16n8k32.f16.e5m2.e5m2.f16"),
        unit("nvidia.adalovelace.mma.m16n8k32.f16.e4m3.e5m2.f16"),
        bf16.with("no zeros", Alignment.USUAL.withoutZeros().atLeast(-132)),
        bf16.with("floor", Alignment.USUAL.truncating(RoundingMode.TOWARD_NEGATIVE)));
  }

  private static UnitSpec unit(String name) {
    return Units.named(name).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void anExplanationEndsInTheResultOfTheUnit(UnitSpec spec) {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      assertThat(differs(Units.create(spec), spec, random)).as(spec + " " + round).isFalse();
    }
  }

  private static <P> boolean differs(DotProductUnit<P> unit, UnitSpec spec, Random random) {
    FloatFormat a = spec instanceof FusedDotSpec s ? s.a() : ((InterleavedDotSpec) spec).a();
    FloatFormat b = spec instanceof FusedDotSpec s ? s.b() : ((InterleavedDotSpec) spec).b();
    int depth = 1 + random.nextInt(2 * unit.length());
    long[] x = random.longs(depth).map(bits -> bits >>> (Long.SIZE - a.bits())).toArray();
    long[] y = random.longs(depth).map(bits -> bits >>> (Long.SIZE - b.bits())).toArray();
    long c = random.nextLong() >>> (Long.SIZE - unit.accumulatorFormat().bits());
    Accumulators sum = new Accumulators(unit.accumulatorFormat(), 1, 1, new long[] {c});
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(a, 1, depth, x)),
        unit.prepareB(TwinCheck.matrix(b, 1, depth, y)),
        0,
        depth,
        sum);
    Operands operands = new Operands(x, y, new long[0], new long[0], c);
    return Explainer.explain(spec, operands).result() != sum.codes()[0];
  }

  @Test
  void whatIsKeptAndWhatIsCutOffMakeTheTerm() throws IOException {
    for (GoldenDot row : GoldenDot.rows("nvidia-volta-mma")) {
      for (Explanation.Step step :
          Explainer.explain(row.instruction().unit(), operands(row)).steps()) {
        assertThat(step.terms())
            .filteredOn(term -> term.value().isFinite())
            .allMatch(term -> sum(term.kept(), term.cut()).equals(magnitudeOrZero(term.value())));
      }
    }
  }

  private static Value sum(Value x, Value y) {
    int least = Math.min(x.exponent(), y.exponent());
    BigInteger total = units(x, least).add(units(y, least));
    return Value.finite(total.signum() < 0, total.abs(), least);
  }

  private static BigInteger units(Value x, int exponent) {
    BigInteger units = x.significand().shiftLeft(x.exponent() - exponent);
    return x.negative() ? units.negate() : units;
  }

  private static Value magnitudeOrZero(Value x) {
    return x.isZero() ? Value.ZERO : x;
  }

  /** 448 * 448 has the exponent 16; of 1 below it, 13 bits keep nothing. */
  @Test
  void aTermBelowTheKeptBitsIsCutOffWhole() {
    Explanation explanation =
        Explainer.explain(
            unit("nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3"),
            new Operands(
                new long[] {0x7E, 0x38}, new long[] {0x7E, 0x38}, new long[0], new long[0], 0));
    Explanation.Step step = explanation.steps().get(0);
    assertThat(step.largestExponent()).isEqualTo(16);
    assertThat(step.lastBit()).isEqualTo(3);
    assertThat(step.terms().get(2).cut()).isEqualTo(Value.of(1, 0));
    assertThat(step.terms().get(2).kept()).isEqualTo(Value.ZERO);
  }

  @Test
  void scalesOfAUnitWithoutAnyAreRefused() {
    Operands scaled = new Operands(new long[1], new long[1], new long[1], new long[0], 0);
    assertThatThrownBy(
            () -> Explainer.explain(unit("nvidia.volta.mma.m8n8k4.f32.f16.f16.f32"), scaled))
        .hasMessageStartingWith("the unit has no scales");
  }

  @Test
  void operandsOfDifferentLengthAreRefused() {
    assertThatThrownBy(() -> new Operands(new long[2], new long[1], new long[0], new long[0], 0))
        .hasMessage("b must have as many codes as a, 2: 1");
  }
}
