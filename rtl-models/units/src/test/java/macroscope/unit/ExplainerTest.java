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
        "nvidia-rtxblackwell-mma_block_scale"
      })
  void anExplanationEndsInTheGoldenResult(String file) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (GoldenDot row : GoldenDot.rows(file)) {
      if (!(row.instruction().unit() instanceof FmaChainSpec)) {
        Explanation explanation = Explainer.explain(row.instruction().unit(), operands(row));
        if (explanation.result() != row.expected()) {
          wrong.add(row.id() + ": " + Long.toHexString(explanation.result()));
        }
      }
    }
    assertThat(wrong).isEmpty();
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
  void aFamilyThatIsNotExplainedIsNamed() {
    Operands one = new Operands(new long[1], new long[1], new long[0], new long[0], 0);
    assertThatThrownBy(() -> Explainer.explain(unit("amd.cdna3.mfma.f32_4x4x1_16b_f32"), one))
        .hasMessageEndingWith("are explained: amd.cdna3.mfma.f32_4x4x1_16b_f32");
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
