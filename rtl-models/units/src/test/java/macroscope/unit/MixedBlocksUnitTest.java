package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Inventory;
import macroscope.reference.ReferenceMixedBlocks;
import macroscope.tensor.BlockShare;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixedBlocksUnitTest {

  private static final String INT8 = "nvidia.ampere.mma.m16n8k32.s32.s8.s8.s32";
  private static final String INT4 = "nvidia.ampere.mma.m16n8k64.s32.s4.s4.s32";
  private static final String COMET = INT8 + "+dequantize:weights=int4,scale=after";
  private static final String SHIFTED =
      "integer_mac:a=int8,b=q4.4,length=32,accumulator_bits=32+dequantize:weights=int4,scale=after";

  private static MixedBlocksSpec named(String name) {
    return (MixedBlocksSpec) Units.named(name).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMET + "+mixed:low=" + INT4 + ",block=128,high=1of4",
        SHIFTED + "+mixed:block=64",
        "integer_mac:a=int8,b=int4,length=16,accumulator_bits=24+mixed:block=10,high=0of3",
        "integer_mac:a=int6,b=int2,length=4,accumulator_bits=12+mixed:block=3,high=3of3",
        "bit_planes:a=int8,b=int4,length=64+mixed:low=" + INT4 + ",block=1"
      })
  void sumsAreThoseOfTheDefinition(String name) {
    MixedBlocksSpec spec = named(name);
    DotProductUnit<?> unit = Units.create(spec);
    ReferenceMixedBlocks twin = new ReferenceMixedBlocks(spec, unit.accumulatorFormat().bits());
    TwinCheck check = new TwinCheck(unit, twin, spec.wide(), spec.weights(), 3);
    for (int depth : new int[] {1, 2, 63, 129, 300}) {
      assertThat(check.differences(TwinCheck.Draw.RAW, 3, 5, depth, depth)).isEmpty();
      assertThat(check.differences(TwinCheck.Draw.CLOSE, 1, 1, depth, spec.block())).isEmpty();
    }
  }

  /** A narrow array that saturates shows which blocks ran on it. */
  @Test
  void blocksOfSmallNumbersRunOnTheNarrowArray() {
    MixedBlocksSpec spec =
        new MixedBlocksSpec(
            "probe",
            Units.named("integer_mac:a=int8,b=int4,length=8,accumulator_bits=8").orElseThrow(),
            Units.named("integer_mac:a=int4,b=int4,length=1,accumulator_bits=8,saturating=true")
                .orElseThrow(),
            4,
            BlockShare.parse("1of2"));
    assertThat(sum(spec, 7, 7)).isEqualTo(127);
    assertThat(sum(spec, 8, 7)).isEqualTo((byte) (4 * 8 * 7));
  }

  private static long sum(MixedBlocksSpec spec, long x, long w) {
    long[] a = {x, x, x, x};
    long[] b = {w, w, w, w};
    return (byte) dot(Units.create(spec), spec, a, b);
  }

  private static <P> long dot(DotProductUnit<P> unit, MixedBlocksSpec spec, long[] a, long[] b) {
    Accumulators sum = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(spec.wide(), 1, a.length, a)),
        unit.prepareB(TwinCheck.matrix(spec.weights(), 1, b.length, b)),
        0,
        a.length,
        sum);
    return sum.codes()[0];
  }

  private static double[] random(int count, long seed) {
    return new Random(seed).doubles(count).map(v -> Math.tan(3 * (v - 0.5))).toArray();
  }

  private static <P> double[] multiply(DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    ScaledGemm<P> gemm = new ScaledGemm<>(unit);
    return gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
  }

  /** r = fma32(sum of a block, fl32(scale of the block * scale of the weights), r). */
  @Test
  void eachBlockIsScaledAndAddedInBinary32() {
    EncodedMatrix a =
        Quantizer.quantize(TensorFormats.parse("fmpq16:1of4:sorted"), random(3 * 64, 1), 3, 64);
    EncodedMatrix b =
        new Quantizer(TensorFormats.parse("int4:channel"), RoundingMode.TIES_TO_EVEN)
            .quantizeIn(a.order().orElseThrow(), random(5 * 64, 2), 5, 64);
    double[] result = multiply(Units.create(named(COMET + "+mixed:block=16")), a, b);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(result[i * 5 + j]).isEqualTo(scaled(a, i, b, j));
      }
    }
  }

  private static float scaled(EncodedMatrix a, int i, EncodedMatrix b, int j) {
    float sum = 0;
    for (int k = 0; k < 64; k += 16) {
      long block = 0;
      for (int at = k; at < k + 16; at++) {
        block += (byte) a.code(i, at) * (long) ((int) b.code(j, at) << 28 >> 28);
      }
      float scale = (float) a.scale(i, k) * (float) b.scale(j, k);
      sum = Math.fma((float) block, scale, sum);
    }
    return sum;
  }

  @Test
  void orderOfBothOperandsMustBeOne() {
    EncodedMatrix a =
        Quantizer.quantize(TensorFormats.parse("fmpq16:1of4:sorted"), random(64, 1), 1, 64);
    EncodedMatrix b = Quantizer.quantize(TensorFormats.parse("int4:channel"), random(64, 2), 1, 64);
    assertThatThrownBy(() -> multiply(Units.create(named(COMET + "+mixed:block=16")), a, b))
        .hasMessageStartingWith("both operands must have their columns in one order");
  }

  /** Of four blocks of 128, one takes 4 passes of 32 products, three take 2 of 64 each. */
  @Test
  void timeIsThatOfTheShareOfBlocks() {
    DotProductUnit<?> unit = Units.create(named(COMET + "+mixed:low=" + INT4));
    assertThat(unit.length()).isEqualTo(512);
    assertThat(unit.pipeline().initiationInterval()).isEqualTo(4 + 3 * 2);
    assertThat(Units.create(named(COMET + "+mixed:high=1of1")).pipeline().initiationInterval())
        .isEqualTo(4);
    assertThat(Units.create(named(COMET + "+mixed:high=0of1")).pipeline().initiationInterval())
        .isEqualTo(2);
  }

  @Test
  void eachArrayWorksForItsShare() {
    List<Inventory.Line> lines =
        Units.create(named(COMET + "+mixed:low=" + INT4)).inventory().lines();
    assertThat(uses(lines, new Multiplier(8, 8))).isEqualTo(4);
    assertThat(uses(lines, new Multiplier(4, 4))).isEqualTo(3 * 2);
  }

  private static double uses(List<Inventory.Line> lines, Multiplier kind) {
    return lines.stream()
        .filter(line -> line.component().equals(kind))
        .mapToDouble(Inventory.Line::usesPerPass)
        .sum();
  }

  @Test
  void theScaleStepWorksOnceABlock() {
    DotProductUnit<?> unit = Units.create(named(COMET + "+mixed:low=" + INT4));
    ScaledDatapath datapath =
        new ScaledDatapath(
            unit, TensorFormats.parse("fmpq128:1of4"), TensorFormats.parse("int4:channel"));
    assertThat(datapath.length()).isEqualTo(512);
    assertThat(datapath.inventory().lines())
        .filteredOn(line -> line.name().equals("scaled sum register"))
        .allMatch(line -> line.usesPerPass() == 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"int8:token", "fmpq64:1of4", "fmpq128:1of2"})
  void activationsOfOtherBlocksAreNotCosted(String scheme) {
    DotProductUnit<?> unit = Units.create(named(COMET + "+mixed"));
    TensorFormat a = TensorFormats.parse(scheme);
    assertThatThrownBy(() -> new ScaledDatapath(unit, a, TensorFormats.parse("int4:channel")))
        .hasMessage(
            "activations must have blocks of 128 of two widths, 1of4 of more bits: " + scheme);
  }

  @Test
  void theMissingArrayIsTheHalvedOne() {
    IntegerMacSpec low = (IntegerMacSpec) named(COMET + "+mixed").low();
    assertThat(low.length()).isEqualTo(64);
    assertThat(List.of(low.a(), low.b())).containsOnly((IntegerFormat) Formats.canonical("int4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fma_chain:format=binary32,length=1+mixed | low is missing: only integer arrays have a"
            + " half",
        "integer_mac:a=int8,b=int4,length=4,accumulator_bits=32+mixed:block=0"
            + " | channels of a block must be 1..65536: 0",
        "integer_mac:a=int8,b=int4,length=4,accumulator_bits=32+mixed:high=2of1"
            + " | blocks of more bits must be 0..1: 2",
        "integer_mac:a=int8,b=int4,length=4,accumulator_bits=32+mixed:high=some"
            + " | a share of blocks is <high>of<all>, as in 1of4: some",
        "integer_mac:a=int8,b=int4,length=4,accumulator_bits=32+mixed:low=nothing"
            + " | low must be the name of a unit: nothing",
        "integer_mac:a=int4,b=int4,length=4,accumulator_bits=32+mixed:low="
            + INT4
            + " | blocks of few bits must have fewer than 4: 4",
        "integer_mac:a=int8,length=4,accumulator_bits=32+mixed:low="
            + INT4
            + " | operand format must be int8: int4",
        "integer_mac:a=uint8,b=int4,length=4,accumulator_bits=32+mixed:low="
            + INT4
            + " | blocks of two widths must be signed integers: uint8"
      })
  void parametersThatContradictEachOtherAreRefused(String name, String rule) {
    assertThatThrownBy(() -> named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": " + rule);
  }

  @Test
  void sumsOfOneWidthAreNeeded() {
    MixedBlocksSpec spec =
        named("integer_mac:a=int8,b=int4,length=4,accumulator_bits=24+mixed:low=" + INT4);
    assertThatThrownBy(() -> MixedBlocksUnit.of(spec))
        .hasMessage("sums of both widths must be integers of as many bits: int32, int24");
  }

  @Test
  void changingTheBlockChangesTheTime() {
    assertThat(
            IntStream.of(32, 128)
                .map(
                    b ->
                        Units.create(named(COMET + "+mixed:block=" + b))
                            .pipeline()
                            .initiationInterval()))
        .containsExactly(4, 10);
  }
}
