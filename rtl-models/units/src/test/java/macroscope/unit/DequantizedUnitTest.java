package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import macroscope.reference.ReferenceDequantizer;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DequantizedUnitTest {

  private static final String AMPERE = "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32";
  private static final String BFLOAT = "nvidia.ampere.mma.m16n8k16.f32.bf16.bf16.f32";

  private static DequantizedSpec named(String unit, String parameters) {
    return (DequantizedSpec) Units.named(unit + "+dequantize:" + parameters).orElseThrow();
  }

  /** Weights of 1 to 8 bits and of every kind, both 16-bit targets, all orders of steps. */
  static Stream<DequantizedSpec> conversions() {
    return Stream.of(
            "weights=int4",
            "weights=uint4",
            "weights=uint4,zero=fused",
            "weights=int8,scale=after",
            "weights=uint8,zero=fused,scale=groups_before",
            "weights=uint1",
            "weights=int2",
            "weights=int3",
            "weights=int5",
            "weights=uint7,zero=fused",
            "weights=nf4",
            "weights=e2m1fn",
            "weights=e3m2fn",
            "weights=gen_e4m2_fin",
            "weights=gen_e2m0_fin",
            "weights=e4m3fn,scale=after",
            "weights=posit8_1")
        .flatMap(p -> Stream.of(AMPERE, BFLOAT).map(unit -> named(unit, p)));
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void everyCodeBecomesWhatItsTwinSays(DequantizedSpec spec) {
    Dequantizer unit = new Dequantizer(spec);
    ReferenceDequantizer twin = new ReferenceDequantizer(spec);
    List<String> differences = new ArrayList<>();
    for (double scale : scales()) {
      for (long zero : zeros(spec.weights())) {
        for (long code = 0; code < 1L << spec.weights().bits(); code++) {
          if (spec.weights().isCode(code)
              && unit.operand(code, zero, scale) != twin.operand(code, zero, scale)) {
            differences.add("code " + code + ", zero point " + zero + ", scale " + scale);
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static double[] scales() {
    Random random = new Random(7);
    double[] odd = {0, 1, 0x1p-24, 0x1p-14, 3e-6, 70_000, 1e-9, 1e38, 0.1, 65_504};
    double[] usual = random.doubles(8).map(x -> Math.exp(-9 * x)).toArray();
    return Stream.of(odd, usual).flatMapToDouble(Arrays::stream).toArray();
  }

  private static long[] zeros(NumberFormat format) {
    return format instanceof IntegerFormat f && !f.signed()
        ? LongStream.of(0, 1, f.most() / 2 + 1, f.most()).distinct().toArray()
        : new long[1];
  }

  /** Bits of codes beneath the exponent of 1024 or 128, minus that: what kernels compute. */
  @ParameterizedTest
  @ValueSource(strings = {"int1", "int2", "int4", "int7", "int8"})
  void putCodesBeneathAnExponentIsTheSameConversion(String name) {
    IntegerFormat format = (IntegerFormat) Formats.canonical(name);
    long bias = 1L << (format.bits() - 1);
    for (String unit : List.of(AMPERE, BFLOAT)) {
      Dequantizer conversion = new Dequantizer(named(unit, "weights=" + name + ",scale=after"));
      for (long code = 0; code < 1L << format.bits(); code++) {
        long offset = code ^ bias;
        float trick =
            unit.equals(AMPERE)
                ? (float) Formats.BINARY16.decodeDouble(0x6400 | offset) - (1024 + bias)
                : (float) Formats.BFLOAT16.decodeDouble(0x4300 | offset & 0x7F)
                    + (offset & 0x80)
                    - (128 + bias);
        NumberFormat operand = unit.equals(AMPERE) ? Formats.BINARY16 : Formats.BFLOAT16;
        assertThat(operand.decodeDouble(conversion.operand(code, 0, 1))).isEqualTo(trick);
      }
    }
  }

  private static EncodedMatrix weights(String scheme, int rows, int columns) {
    double[] x = new Random(rows).doubles((long) rows * columns).map(v -> v - 0.45).toArray();
    return Quantizer.quantize(TensorFormats.parse(scheme), x, rows, columns);
  }

  private static double[] multiply(String unit, String a, String b) {
    return multiply(new ScaledGemm<>(Units.create(Units.named(unit).orElseThrow())), a, b);
  }

  private static <P> double[] multiply(ScaledGemm<P> gemm, String a, String b) {
    return gemm.multiply(gemm.prepareA(weights(a, 3, 96)), gemm.prepareB(weights(b, 5, 96)));
  }

  /** The dense unit on weights that were dequantized by hand. */
  private static double[] byHand(String unit, String a, EncodedMatrix b) {
    ScaledGemm<?> gemm = new ScaledGemm<>(Units.create(Units.named(unit).orElseThrow()));
    return byHand(gemm, a, b);
  }

  private static <P> double[] byHand(ScaledGemm<P> gemm, String a, EncodedMatrix b) {
    return gemm.multiply(gemm.prepareA(weights(a, 3, 96)), gemm.prepareB(b));
  }

  private static EncodedMatrix rounded(NumberFormat format, EncodedMatrix matrix) {
    double[] values = new double[matrix.codes().length];
    for (int at = 0; at < values.length; at++) {
      int row = at / matrix.columns();
      int k = at % matrix.columns();
      double integer = matrix.format().element().decodeDouble(matrix.codes()[at]);
      double factor = round(format, matrix.scale(row, k));
      values[at] = round(format, (integer - matrix.zeroPoint(row, k)) * factor);
    }
    return Quantizer.quantize(
        new TensorFormat("t", format, List.of()), values, matrix.rows(), matrix.columns());
  }

  private static double round(NumberFormat format, double x) {
    return format.decodeDouble(format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"int4:group32", "int4:channel", "uint4:group32:asym", "int3:group16"})
  void scalesBeforeMakeWeightsOfTheOperandFormat(String scheme) {
    String element = scheme.substring(0, scheme.indexOf(':'));
    assertThat(multiply(AMPERE + "+dequantize:weights=" + element, "binary16", scheme))
        .isEqualTo(byHand(AMPERE, "binary16", rounded(Formats.BINARY16, weights(scheme, 5, 96))));
  }

  @Test
  void scalesAfterAreThoseOfTheEpilogue() {
    String after = AMPERE + "+dequantize:weights=int4,scale=after";
    EncodedMatrix codes = weights("int4:group32", 5, 96);
    TensorFormat converted = new TensorFormat("t", Formats.BINARY16, codes.format().levels());
    long[] wide =
        Arrays.stream(codes.codes())
            .map(
                code ->
                    Formats.BINARY16.encodeDouble(
                        codes.format().element().decodeDouble(code),
                        RoundingMode.TIES_TO_EVEN,
                        Overflow.NATIVE))
            .toArray();
    EncodedMatrix same = new EncodedMatrix(converted, 5, 96, wide, List.of(codes.scales(0)));
    assertThat(multiply(after, "binary16", "int4:group32"))
        .isEqualTo(byHand(AMPERE, "binary16", same));
  }

  /** Each choice rounds elsewhere. */
  @Test
  void everyPlaceOfScalesGivesOtherBits() {
    String unit = AMPERE + "+dequantize:weights=uint4,";
    Stream<double[]> results =
        Stream.of("scale=before", "scale=after", "scale=before,zero=fused")
            .map(p -> multiply(unit + p, "binary16", "uint4:group32:asym"));
    assertThat(results.map(Arrays::toString)).doesNotHaveDuplicates();
  }

  /** NVFP4 has scales of groups and one of the tensor, which is no number of binary16. */
  @Test
  void scalesOfGroupsMayComeBeforeAndThatOfTheTensorAfter() {
    String unit = AMPERE + "+dequantize:weights=e2m1fn,scale=";
    assertThat(multiply(unit + "groups_before", "binary16", "nvfp4"))
        .isNotEqualTo(multiply(unit + "before", "binary16", "nvfp4"));
  }

  @Test
  void scalesOfGroupsBeforeAndOfRowsAfterAreAllApplied() {
    TensorFormat format =
        new TensorFormat(
            "two levels",
            Formats.canonical("int4"),
            List.of(
                new ScaleLevel(new Extent.Row(), Optional.empty(), ScaleRule.ABSMAX),
                new ScaleLevel(new Extent.Group(2), Optional.empty(), ScaleRule.ABSMAX)));
    EncodedMatrix b =
        new EncodedMatrix(
            format, 1, 4, new long[] {1, 2, 3, 4}, List.of(new double[] {5}, new double[] {2, 8}));
    ScaledGemm<?> gemm =
        new ScaledGemm<>(Units.create(named(AMPERE, "weights=int4,scale=groups_before")));
    assertThat(onOnes(gemm, b)).containsExactly(5 * (2 * (1 + 2) + 8 * (3 + 4)));
  }

  private static <P> double[] onOnes(ScaledGemm<P> gemm, EncodedMatrix b) {
    long[] ones = IntStream.range(0, b.columns()).mapToLong(k -> 0x3C00).toArray();
    EncodedMatrix a = TwinCheck.matrix(Formats.BINARY16, 1, b.columns(), ones);
    return gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
  }

  /** COMET's conversion leaves an int4 in the upper half of a byte. */
  @ParameterizedTest
  @ValueSource(strings = {"int8", "q4.4"})
  void fourBitWeightsOnEightBitIntegersAreExact(String operand) {
    String unit = "integer_mac:a=int8,b=" + operand + ",length=16,accumulator_bits=32";
    assertThat(
            multiply(unit + "+dequantize:weights=int4,scale=after", "int8:token", "int4:channel"))
        .isEqualTo(
            multiply(
                "integer_mac:a=int8,b=int4,length=16,accumulator_bits=32",
                "int8:token",
                "int4:channel"));
  }

  @Test
  void sparseWeightsAreDequantizedToo() {
    String unit = AMPERE + "+sparse+dequantize:weights=int4";
    EncodedMatrix kept = weights("int4:group32:2of4", 5, 96);
    assertThat(multiply(unit, "binary16", "int4:group32:2of4"))
        .isEqualTo(byHand(AMPERE + "+sparse", "binary16", rounded(Formats.BINARY16, kept)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fma_chain:format=binary32,length=1 | weights=int9 | bits of weights must be 1..8: 9",
        "integer_mac:a=int8,length=4,accumulator_bits=32 | weights=int4"
            + " | scales before the multiplication need a float format: int8",
        "fma_chain:format=binary32,length=1 | weights=uint4,scale=after,zero=fused"
            + " | fused zero points need scales before the multiplication",
        "fma_chain:format=binary32,length=1 | weights=int4,shared_by=0"
            + " | units that share a conversion must be at least 1: 0",
        "lookup_table:weight_bits=2,activation_group=32,tables_per_call=8 | weights=int2"
            + " | weights can be converted for units that multiply codes:"
            + " lookup_table:weight_bits=2,activation_group=32,tables_per_call=8"
      })
  void parametersThatContradictEachOtherAreRefused(String unit, String parameters, String rule) {
    assertThatThrownBy(() -> named(unit, parameters)).hasMessageEndingWith(": " + rule);
  }

  @Test
  void aUnitThatAppliesScalesIsRefused() {
    DequantizedSpec spec =
        named(
            "nvidia.blackwell.tcgen05mma.block_scale.m128n8k32.block32.f32.e4m3.e4m3.ue8m0",
            "weights=int4");
    assertThatThrownBy(() -> DequantizedUnit.of(spec))
        .hasMessageStartingWith("weights can be converted for units that apply no scales: ");
  }

  @Test
  void weightsThatAnIntegerOperandCannotHoldAreRefused() {
    DequantizedSpec spec =
        named("integer_mac:a=int8,b=int4,length=4,accumulator_bits=32", "weights=int8,scale=after");
    EncodedMatrix wide = TwinCheck.matrix(Formats.canonical("int8"), 1, 1, new long[] {100});
    assertThatThrownBy(() -> DequantizedUnit.of(spec).prepareB(wide))
        .hasMessageStartingWith("operand format int4 cannot hold every weight of ");
  }

  @Test
  void weightsOfAnotherFormatAreRefused() {
    EncodedMatrix other = TwinCheck.matrix(Formats.canonical("uint4"), 1, 1, new long[1]);
    assertThatThrownBy(() -> DequantizedUnit.of(named(AMPERE, "weights=int4")).prepareB(other))
        .hasMessage("operand format must be int4: uint4");
  }

  private static double size(String parameters) {
    Inventory own = Units.create(Units.named(AMPERE).orElseThrow()).inventory();
    return DequantizedUnit.of(named(AMPERE, parameters)).inventory().lines().stream()
        .filter(line -> !own.lines().contains(line))
        .mapToDouble(line -> line.perUnit(Feature.SIZE))
        .sum();
  }

  @Test
  void unitsThatShareAConversionAreChargedTheirPart() {
    assertThat(size("weights=int4,shared_by=1")).isEqualTo(64 * size("weights=int4"));
  }

  @ParameterizedTest
  @CsvSource({
    "'weights=int4,scale=after', weights=int4",
    "weights=int4, weights=int5",
    "weights=uint4, 'weights=uint4,zero=fused'",
    "weights=e2m1fn, weights=nf4"
  })
  void whatConvertsMoreIsLarger(String less, String more) {
    assertThat(size(less)).isLessThan(size(more));
  }

  @Test
  void sparseWeightsNeedHalfTheConverters() {
    assertThat(converters(AMPERE + "+sparse")).isEqualTo(16);
    assertThat(converters(AMPERE)).isEqualTo(16);
  }

  private static int converters(String unit) {
    return DequantizedUnit.of(named(unit, "weights=int4")).inventory().lines().stream()
        .filter(line -> line.name().equals("weight registers"))
        .mapToInt(Inventory.Line::instances)
        .sum();
  }

  @Test
  void conversionIsAStepOfThePipeline() {
    assertThat(DequantizedUnit.of(named(AMPERE, "weights=int4")).pipeline().stages())
        .first()
        .asString()
        .startsWith("dequantize - ");
  }
}
