package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Explainer.Operands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units whose operands are converted, selected, looked up or counted: steps end in the unit's result. */
class ExplainedOptionsAndTablesTest {

  private static final String LUT =
      "lookup_table:activation_group=32,tables_per_call=8,weight_bits=";
  private static final String AMPERE = "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32";

  private static UnitSpec named(String name) {
    return Units.named(name).orElseThrow();
  }

  private static long[] codes(NumberFormat format, int count, Random random) {
    return IntStream.generate(() -> 0)
        .limit(count)
        .mapToLong(any -> code(format, random))
        .toArray();
  }

  /** Finite, of moderate size. */
  private static long code(NumberFormat format, Random random) {
    if (format instanceof IntegerFormat) {
      return random.nextLong() >>> (Long.SIZE - format.bits());
    }
    double x = random.nextGaussian() * Math.exp(random.nextGaussian());
    return format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  private static <P> long run(
      DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b, long addend) {
    Accumulators c = new Accumulators(unit.accumulatorFormat(), 1, 1, new long[] {addend});
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), c);
    return c.codes()[0];
  }

  private static Operands plain(long[] a, long[] b, long c) {
    return new Operands(a, b, new long[0], new long[0], c);
  }

  private static void requireConnected(Explanation explanation) {
    Explanation.Step last = explanation.steps().get(explanation.steps().size() - 1);
    assertThat(last.code()).isEqualTo(explanation.result());
    for (Explanation.Step step : explanation.steps()) {
      Value sum = step.terms().get(step.terms().size() - 1).partialSum();
      assertThat(step.sum()).isEqualTo(sum);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        AMPERE + "+promote:interval=32",
        "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3+promote:interval=64",
        "nvidia.hopper.wgmma.m64n8k16.f16.f16.f16+promote:interval=16",
        AMPERE + "+dequantize:weights=int4",
        AMPERE + "+dequantize:weights=nf4",
        AMPERE + "+dequantize:weights=uint8+promote:interval=32",
        "nvidia.ampere.mma.m16n8k32.s32.s8.s8.s32+dequantize:weights=int4,scale=after",
        "integer_mac:a=int8,b=int4,length=8,accumulator_bits=16+mixed:block=16,high=1of2",
        "integer_mac:a=int8,b=q4.4,length=8,accumulator_bits=32"
            + "+dequantize:weights=int4,scale=after+mixed:block=24",
        "bit_planes:a=int5,b=uint3,length=32,accumulator_bits=12",
        "bit_planes:a=planes2,b=planes3,length=16",
        "binary_mac:length=16,accumulator_bits=8",
        "binary_mac:length=64,operation=and",
        "nvidia.ampere.mma.m16n8k256.s32.b1.b1.s32.xor.popc",
        "bit_serial_adder",
        "ifpu",
        "unpu",
        "conventional_lut",
        "lut_tensor_core",
        "figlut_f",
        "figlut_i",
        "lut_gemm",
        "sail",
        "bitnet_tl1",
        "bitnet_tl2",
        "bit_serial:activations=binary16,weights=int4,length=16,table_inputs=4,digits=signed,"
            + "entries=int8"
      })
  void theLastStepIsTheUnitsResult(String name) {
    UnitSpec spec = named(name);
    UnitOperands formats = UnitOperands.explained(spec).orElseThrow();
    DotProductUnit<?> unit = Units.create(spec);
    Random random = new Random(name.hashCode());
    for (int depth : new int[] {1, 7, 48, 70}) {
      long[] a = codes(formats.a(), depth, random);
      long[] b =
          spec instanceof TernaryTableSpec
              ? random.longs(depth, -1, 2).map(w -> w & 3).toArray()
              : codes(formats.b(), depth, random);
      long c = code(unit.accumulatorFormat(), random);
      Explanation explanation = Explainer.explain(spec, plain(a, b, c));
      assertThat(explanation.result())
          .as("K = %d", depth)
          .isEqualTo(
              run(
                  unit,
                  TwinCheck.matrix(formats.a(), 1, depth, a),
                  TwinCheck.matrix(formats.b(), 1, depth, b),
                  c));
      requireConnected(explanation);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 0",
        "2 | 32",
        "3,number_system=fp16_neon | 0",
        "4,aggregation=fast_as_upstream | 64",
        "4,aggregation=fast_corrected,number_system=fp16_neon | 32",
        "2,aggregation=fast_unsigned_average | 0"
      })
  void lookupsAreThoseOfTheUnit(String parameters, int group) {
    requireLookups(named(LUT + parameters + ",weight_group=" + group), group);
  }

  @Test
  void lookupsUnderOneScaleAreIntegers() {
    requireLookups(named("lookup_table:weight_bits=2,activation_group=0,tables_per_call=16"), 0);
  }

  private static void requireLookups(UnitSpec spec, int group) {
    UnitOperands formats = UnitOperands.explained(spec).orElseThrow();
    Random random = new Random(11);
    for (int depth : new int[] {3, 64, 100}) {
      long[] a = codes(formats.a(), depth, random);
      long[] b = codes(formats.b(), depth, random);
      int count = group == 0 ? 1 : (depth + group - 1) / group;
      double[] scales = random.doubles(count, 0.01, 3).map(x -> (float) x).toArray();
      long c = code(formats.a(), random);
      long[] codes =
          Arrays.stream(scales)
              .mapToLong(s -> Integer.toUnsignedLong(Float.floatToRawIntBits((float) s)))
              .toArray();
      Explanation explanation = Explainer.explain(spec, new Operands(a, b, new long[0], codes, c));
      Extent extent = group == 0 ? new Extent.Row() : new Extent.Group(group);
      TensorFormat weights =
          new TensorFormat(
              "w",
              formats.b(),
              List.of(new ScaleLevel(extent, Optional.empty(), ScaleRule.ABSMAX)));
      EncodedMatrix right = new EncodedMatrix(weights, 1, depth, b, List.of(scales));
      assertThat(explanation.result())
          .isEqualTo(run(Units.create(spec), TwinCheck.matrix(formats.a(), 1, depth, a), right, c));
      requireConnected(explanation);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        AMPERE + "+sparse",
        "nvidia.ampere.mma.sp.m16n8k32.f32.f16.f16.f32",
        "nvidia.hopper.wgmma.sp.m64n8k64.s32.s8.u8",
        AMPERE + "+sparse:pattern=1of4,side=left+promote:interval=64"
      })
  void sparseSumsAreThoseOfTheUnit(String name) {
    UnitSpec spec = named(name);
    UnitSpec inner = spec instanceof PromotedSpec promoted ? promoted.unit() : spec;
    SparseDotSpec sparse = (SparseDotSpec) inner;
    UnitOperands formats = UnitOperands.explained(spec).orElseThrow();
    Random random = new Random(3);
    for (int depth : new int[] {4, 32, 72}) {
      long[] a = codes(formats.a(), depth, random);
      long[] b = codes(formats.b(), depth, random);
      prune(sparse, sparse.side() == SparseDotSpec.Side.LEFT ? a : b);
      Explanation explanation = Explainer.explain(spec, plain(a, b, 0));
      assertThat(explanation.result())
          .isEqualTo(
              run(
                  Units.create(spec),
                  TwinCheck.matrix(formats.a(), 1, depth, a),
                  TwinCheck.matrix(formats.b(), 1, depth, b),
                  0));
    }
  }

  private static void prune(SparseDotSpec spec, long[] codes) {
    for (int k = 0; k < codes.length; k++) {
      codes[k] = k % spec.sparsity().group() < spec.sparsity().kept() ? codes[k] : 0;
    }
  }

  @Test
  void metadataNameWhatTheySelect() {
    UnitSpec spec = named(AMPERE + "+sparse");
    long one = 0x3C00;
    Explanation explanation =
        Explainer.explain(
            spec, plain(new long[] {one, one, one, one}, new long[] {0, one, 0, one}, 0));
    assertThat(explanation.conversions().get(0).items())
        .extracting(Explanation.Item::name)
        .containsExactly(
            "b[1] kept in group 0, selects a[1]", "b[3] kept in group 0, selects a[3]");
    assertThat(explanation.steps().get(0).terms())
        .extracting(Explanation.Term::name)
        .contains("a[1]*b[1]", "a[3]*b[3]")
        .doesNotContain("a[0]*b[0]");
  }

  /** 3 * 0.1 in binary16: the scale is rounded, then the product. */
  @Test
  void whatDequantizationRoundsIsShown() {
    Operands x =
        new Operands(new long[] {0x3C00}, new long[] {3}, new long[0], new long[] {0x3DCCCCCD}, 0);
    Explanation.Item item =
        Explainer.explain(named(AMPERE + "+dequantize:weights=int4"), x)
            .conversions()
            .get(0)
            .items()
            .get(0);
    assertThat(item.from()).isEqualTo(Value.of(3 * (double) 0.1f));
    double scale = Formats.BINARY16.decodeDouble(0x2E66);
    assertThat(item.to().compare(Value.of(3 * scale))).isNotZero();
    assertThat(item.stored().orElseThrow().code()).isEqualTo(0x34CC);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 24})
  void entriesOfCodebooksAreDecodedOrLookedUp(int depth) {
    Random random = new Random(depth);
    long[] a = codes(Formats.BINARY16, depth, random);
    long[] b = codes(Formats.BINARY16, depth, random);
    String form = "codebook:dimension=8,index_bits=8,form=";
    Explanation decoded = Explainer.explain(named(form + "decode"), plain(a, b, 0));
    float sum = 0;
    for (int k = 0; k < depth; k++) {
      float x = (float) Formats.BINARY16.decodeDouble(a[k]);
      sum = Math.fma(x, (float) Formats.BINARY16.decodeDouble(b[k]), sum);
    }
    assertThat(decoded.result()).isEqualTo(Integer.toUnsignedLong(Float.floatToRawIntBits(sum)));
    Explanation looked = Explainer.explain(named(form + "activation_tables"), plain(a, b, 0));
    assertThat(looked.steps()).hasSize((depth + 7) / 8);
    requireConnected(looked);
  }

  @Test
  void logarithmicSumsGoProductByProduct() {
    UnitSpec spec = named("lns:a=lns8_3,accumulator=lns12_6,index_bits=6,length=4");
    UnitOperands formats = UnitOperands.explained(spec).orElseThrow();
    long[] a = {
      formats.a().encodeDouble(2, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE), 0x10, 0x31, 0x22
    };
    Explanation explanation = Explainer.explain(spec, plain(a, a, 0));
    assertThat(explanation.steps()).hasSize(4);
    assertThat(explanation.result())
        .isEqualTo(
            run(
                Units.create(spec),
                TwinCheck.matrix(formats.a(), 1, 4, a),
                TwinCheck.matrix(formats.b(), 1, 4, a),
                0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dequantize:weights=int4,scale=after | 1 | scales come after the products",
        "dequantize:weights=int4 | 2 | scales of b must divide the 3 weights: 2"
      })
  void scalesThatNothingTakesAreRefused(String option, int scales, String rule) {
    Operands x = new Operands(new long[3], new long[3], new long[0], new long[scales], 0);
    assertThatThrownBy(() -> Explainer.explain(named(AMPERE + "+" + option), x))
        .hasMessageStartingWith(rule);
  }

  @Test
  void aSparseOperandThatIsNotSparseIsRefused() {
    long[] ones = {0x3C00, 0x3C00, 0x3C00, 0x3C00};
    assertThatThrownBy(() -> Explainer.explain(named(AMPERE + "+sparse"), plain(ones, ones, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUnitThatMultipliesNoNumbersHasNoExactResult() {
    UnitSpec binary = named("binary_mac:length=16");
    assertThat(DotComparison.of(binary, plain(new long[1], new long[1], 0))).isEmpty();
  }

  @Test
  void theExactResultTakesScalesOfWeights() {
    Operands x =
        new Operands(new long[] {0x3C00}, new long[] {3}, new long[0], new long[] {0x40000000}, 0);
    assertThat(
            DotComparison.of(named(AMPERE + "+dequantize:weights=int4"), x).orElseThrow().exact())
        .isEqualTo(Value.of(6, 0));
  }
}
