package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.hardware.Component;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferenceSparseDot;
import macroscope.reference.ReferenceUnit;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.SparseMatrix;
import macroscope.tensor.Sparsity;
import macroscope.tensor.TensorFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SparseDotUnitTest {

  private static SparseDotSpec named(String name) {
    return (SparseDotSpec) Units.named(name).orElseThrow();
  }

  static Stream<String> units() {
    return Stream.of(
        "nvidia.ampere.mma.sp.m16n8k32.f32.bf16.bf16.f32",
        "nvidia.ampere.mma.sp.m16n8k16.f32.tf32.tf32.f32",
        "nvidia.hopper.wgmma.sp.m64n8k64.f32.e5m2.e4m3",
        "nvidia.rtxblackwell.mma.sp.m16n8k64.f16.e2m1.e3m2.f16",
        "nvidia.ampere.mma.sp.m16n8k128.satfinite.s32.s4.u4.s32",
        "nvidia.ampere.mma.m16n8k16.f32.bf16.bf16.f32+sparse",
        "fused:a=e4m3fn,b=e5m2,length=12,kept_fraction_bits=9+sparse:pattern=3of5,side=left",
        "integer_mac:a=int8,length=8,accumulator_bits=16,saturating=true+sparse:pattern=4of8pairs");
  }

  private static ReferenceUnit dense(SparseDotSpec spec) {
    return spec.dense() instanceof FusedDotSpec s
        ? new ReferenceFusedDot(s)
        : new ReferenceIntegerMac((IntegerMacSpec) spec.dense());
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwin(String name) {
    SparseDotSpec spec = named(name);
    OperandPair formats = OperandPair.of(spec.dense()).orElseThrow();
    boolean left = spec.side() == SparseDotSpec.Side.LEFT;
    NumberFormat sparse = left ? formats.a() : formats.b();
    SparseDotUnit<?> unit = SparseDotUnit.of(spec);
    ReferenceUnit twin = new ReferenceSparseDot(dense(spec), spec.sparsity(), sparse, left);
    Random random = new Random(4);
    int depth = 2 * unit.length() + spec.sparsity().group() + 1;
    long[] x = codes(random, formats.a(), 6 * depth);
    long[] y = codes(random, formats.b(), 7 * depth);
    prune(random, spec.sparsity(), left ? x : y, depth);
    long[] c = codes(random, unit.accumulatorFormat(), 42);
    TwinCheck check = new TwinCheck(unit, twin, formats.a(), formats.b(), 0);
    assertThat(check.differences(6, 7, depth, 2 * unit.length(), x, y, c)).isEmpty();
  }

  /** Random bits, a third of them zero. */
  private static long[] codes(Random random, NumberFormat format, int count) {
    return random
        .longs(count)
        .map(code -> random.nextInt(3) == 0 ? 0 : code >>> (Long.SIZE - format.bits()))
        .toArray();
  }

  /** Zeros in all cells of a group but some random ones. */
  private static void prune(Random random, Sparsity sparsity, long[] codes, int depth) {
    for (int at = 0; at < codes.length; at++) {
      int k = at % depth % sparsity.group();
      if (k == 0) {
        random.setSeed(at);
      }
      int first = new Random(at - k).nextInt(sparsity.cells() - sparsity.keptCells() + 1);
      int cell = k / sparsity.cell();
      if (cell < first || cell >= first + sparsity.keptCells()) {
        codes[at] = 0;
      }
    }
  }

  /** A pass of the instruction is a row of its K; the vendor's documentation counts whole matrices. */
  @Test
  void aPassCountsTheElementsOfWholeMatrices() {
    assertThat(SparseDotUnit.of(named("nvidia.hopper.wgmma.sp.m64n8k64.f32.e4m3.e4m3")).length())
        .isEqualTo(64);
  }

  @Test
  void anInstructionTakesItsWholeK() {
    Instruction sparse = Units.find("nvidia.ampere.mma.sp.m16n8k32.f32.f16.f16.f32").orElseThrow();
    long[] x = new long[32];
    x[1] = 0x3C00;
    x[31] = 0x4000;
    long[] y = new long[32];
    y[1] = 0x4200;
    y[31] = 0x4400;
    long d = sparse.dot(Units.create(sparse.unit()), x, y, 0);
    assertThat(sparse.depth().takes(32)).isTrue();
    assertThat(Float.intBitsToFloat((int) d)).isEqualTo(11);
  }

  /**
   * bfloat16: 2^100 stands beside zeros of the sparse operand. In a product of zero it would have the
   * exponent -26, to which 2^-60 is cut off; it is not selected.
   */
  @Test
  void whatIsNotKeptIsNoTerm() {
    long huge = bfloat16(0x1p100f);
    assertThat(oneProduct(new long[] {huge, huge, 0, 0})).isEqualTo(0x1p-60f);
    assertThat(oneProduct(new long[] {0, 0, huge, 0})).isZero();
  }

  private static float oneProduct(long... activations) {
    String unit = "fused:a=bfloat16,length=2,kept_fraction_bits=25+sparse:side=left";
    long[] weights = {0, 0, 0, bfloat16(0x1p-30f)};
    activations[3] = bfloat16(0x1p-30f);
    return Float.intBitsToFloat(
        (int) dot(Units.create(named(unit)), matrix(weights), matrix(activations)));
  }

  private static long bfloat16(float x) {
    return Float.floatToRawIntBits(x) >>> 16;
  }

  private static EncodedMatrix matrix(long... codes) {
    return TwinCheck.matrix(Formats.BFLOAT16, 1, codes.length, codes);
  }

  private static <P> long dot(DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), c);
    return c.codes()[0];
  }

  @Test
  void metadataOfOnesOwnSelectTheOtherOperand() {
    SparseDotUnit<?> unit =
        SparseDotUnit.of(named("fused:a=bfloat16,length=2,kept_fraction_bits=25+sparse"));
    EncodedMatrix ones = matrix(bfloat16(1), bfloat16(1));
    SparseMatrix weights = new SparseMatrix(Sparsity.parse("2of4"), ones, 4, new int[] {3, 0});
    EncodedMatrix activations = matrix(bfloat16(1), bfloat16(2), bfloat16(4), bfloat16(8));
    Accumulators c = Accumulators.zeros(Formats.BINARY32, 1, 1);
    unit.gemm(unit.prepareA(activations), unit.prepare(weights), 0, 4, c);
    assertThat(Float.intBitsToFloat((int) c.codes()[0])).isEqualTo(9);
  }

  /** 64 elements of K share a scale, of which 32 are kept. */
  @Test
  void aBlockShrinksWithItsElements() {
    String name = "nvidia.rtxblackwell.mma.block_scale.m16n8k32.block32.f32.e4m3.e4m3.f32.ue8m0";
    long[] weights = new long[128];
    weights[0] = 0x38;
    weights[127] = 0x38;
    long[] activations = weights.clone();
    double[] scales = {2, 16};
    EncodedMatrix a = scaled(activations, scales);
    EncodedMatrix b = scaled(weights, scales);
    long d = dot(Units.create(named(name + "+sparse")), a, b);
    assertThat(Float.intBitsToFloat((int) d)).isEqualTo(4 + 256);
  }

  private static EncodedMatrix scaled(long[] codes, double... scales) {
    ScaleLevel level =
        new ScaleLevel(new Extent.Group(64), Optional.of(Formats.E8M0), ScaleRule.ABSMAX);
    TensorFormat format = new TensorFormat("mx", Formats.E4M3FN, List.of(level));
    return new EncodedMatrix(format, 1, codes.length, codes, List.of(scales));
  }

  @Test
  void aDenseOperandIsRefusedWhereASparseOneIsNeeded() {
    DotProductUnit<?> unit =
        Units.create(named("fused:a=bfloat16,length=2,kept_fraction_bits=25+sparse"));
    assertThatThrownBy(() -> unit.prepareB(matrix(1, 2, 3, 0)))
        .hasMessage("row 0, k 0..3 must have at most 2 elements other than zero (2of4): 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fma_chain:format=binary32,length=3+sparse"
            + " | a pass of 3 products must hold whole groups of 2 kept elements",
        "lookup_table:weight_bits=2,activation_group=32,tables_per_call=8+sparse"
            + " | sparsity needs a unit that multiplies codes:"
            + " lookup_table:weight_bits=2,activation_group=32,tables_per_call=8"
      })
  void aUnitThatCannotBeSparseIsRefused(String name, String rule) {
    UnitSpec spec = named(name);
    assertThatThrownBy(() -> Units.create(spec)).hasMessage(rule);
  }

  @Test
  void sumsThatCutGroupsAreRefused() {
    SparseDotUnit<?> unit =
        SparseDotUnit.of(named("fused:a=bfloat16,length=2,kept_fraction_bits=25+sparse"));
    Accumulators c = Accumulators.zeros(Formats.BINARY32, 1, 1);
    SparseDotUnit.Operand a = unit.prepareA(matrix(0, 0, 0, 0, 0, 0, 0, 0));
    assertThatThrownBy(() -> unit.gemm(a, unit.prepareB(matrix(new long[8])), 2, 8, c))
        .hasMessage("sums must begin and end at multiples of 4 in K: 2..8");
  }

  @ParameterizedTest
  @CsvSource({"2of4, 4, 4, 8, 16", "1of2, 2, 4, 16, 16", "4of8pairs, 4, 4, 4, 16"})
  void eachProductHasASelectorAndEachGroupMetadata(
      String pattern, int ways, int metadata, int groups, int unselected) {
    String dense = "fused:a=bfloat16,length=16,kept_fraction_bits=25";
    DotProductUnit<?> unit = Units.create(named(dense + "+sparse:pattern=" + pattern));
    assertThat(unit.inventory().lines())
        .extracting(line -> line.instances() + " " + line.component())
        .startsWith(
            unselected + " " + new Component.Register(16),
            groups + " " + new Component.Register(metadata),
            16 + " " + new Component.Multiplexer(ways, 16))
        .endsWith(
            Units.create(Units.named(dense).orElseThrow()).inventory().lines().stream()
                .map(line -> line.instances() + " " + line.component())
                .toArray(String[]::new));
  }

  @Test
  void selectionIsAStepOfThePipeline() {
    assertThat(Units.create(named("fma_chain:format=binary32,length=2+sparse")).pipeline().stages())
        .singleElement()
        .asString()
        .startsWith("select - ");
  }

  @Test
  void twoActivationsMeetInTheDenseUnit() {
    DotProductUnit<?> unit =
        Units.create(named("fma_chain:format=binary32,length=2+sparse")).ofActivations();
    assertThat(unit.spec()).isInstanceOf(FmaChainSpec.class);
  }

  /** Every float type that an instruction can have with metadata keeps the rule of the dense one. */
  @Test
  void sparseInstructionsHaveTheFractionBitsOfDenseOnes() {
    assertThat(Units.all())
        .filteredOn(i -> i.unit() instanceof SparseDotSpec s && s.dense() instanceof FusedDotSpec)
        .hasSizeGreaterThan(80)
        .allSatisfy(
            i -> {
              FusedDotSpec dense = (FusedDotSpec) ((SparseDotSpec) i.unit()).dense();
              assertThat(denseTwin(i, dense)).contains(dense.keptFractionBits());
            });
  }

  private static Stream<Integer> denseTwin(Instruction sparse, FusedDotSpec dense) {
    String kind = sparse.mnemonic().replaceFirst("\\.sp\\..*", ".");
    return Units.all().stream()
        .filter(i -> i.architecture().equals(sparse.architecture()))
        .filter(i -> i.mnemonic().startsWith(kind) && i.unit() instanceof FusedDotSpec)
        .map(i -> (FusedDotSpec) i.unit())
        .filter(s -> same(s.a(), dense.a()) && same(s.b(), dense.b()))
        .filter(s -> s.accumulator().equals(dense.accumulator()))
        .filter(s -> s.length() == dense.length() && s.groupLength() == dense.groupLength())
        .filter(s -> s.outputFractionBits() == dense.outputFractionBits())
        .map(FusedDotSpec::keptFractionBits);
  }

  private static boolean same(FloatFormat x, FloatFormat y) {
    return x.equals(y);
  }
}
