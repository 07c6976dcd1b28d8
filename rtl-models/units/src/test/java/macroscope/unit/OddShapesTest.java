package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceBinaryMac;
import macroscope.reference.ReferenceBlockScaledDot;
import macroscope.reference.ReferenceExactGroupDot;
import macroscope.reference.ReferenceFmaChain;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferenceInterleavedDot;
import macroscope.reference.ReferenceKulisch;
import macroscope.reference.ReferenceLogarithmicSum;
import macroscope.reference.ReferenceMac;
import macroscope.reference.ReferenceMixedBlocks;
import macroscope.reference.ReferencePairwiseDot;
import macroscope.reference.ReferencePromotion;
import macroscope.reference.ReferenceScaledGroupDot;
import macroscope.reference.ReferenceScaledUnit;
import macroscope.reference.ReferenceTwoLevelDot;
import macroscope.reference.ReferenceUnit;
import macroscope.reference.ReferenceVectorFma;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole products of one row, of one column, of K = 1 and of K that fill no pass, each bit of every
 * operand at random (NaN and infinities where the format has them), against twins.
 */
class OddShapesTest {

  private static ReferenceUnit twin(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return new ReferenceFusedDot(s);
    }
    if (spec instanceof InterleavedDotSpec s) {
      return new ReferenceInterleavedDot(s);
    }
    if (spec instanceof PairwiseDotSpec s) {
      return new ReferencePairwiseDot(s);
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return new ReferenceExactGroupDot(s);
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return new ReferenceTwoLevelDot(s);
    }
    if (spec instanceof VectorFmaSpec s) {
      return new ReferenceVectorFma(s);
    }
    if (spec instanceof KulischSpec s) {
      return new ReferenceKulisch(s);
    }
    if (spec instanceof IntegerMacSpec s) {
      return new ReferenceIntegerMac(s);
    }
    return other(spec);
  }

  private static ReferenceUnit other(UnitSpec spec) {
    if (spec instanceof BinaryMacSpec s) {
      return new ReferenceBinaryMac(s);
    }
    if (spec instanceof MacSpec s) {
      return new ReferenceMac(s);
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return new ReferenceLogarithmicSum(s);
    }
    if (spec instanceof MixedBlocksSpec s) {
      return new ReferenceMixedBlocks(s, Units.create(s).accumulatorFormat().bits());
    }
    if (spec instanceof PromotedSpec s) {
      FloatFormat sums = (FloatFormat) Units.create(s.unit()).accumulatorFormat();
      return new ReferencePromotion(twin(s.unit()), sums, s.interval());
    }
    return new ReferenceFmaChain((FmaChainSpec) spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32",
        "nvidia.ampere.mma.m16n8k16.f32.bf16.bf16.f32",
        "nvidia.adalovelace.mma.m16n8k32.f32.e4m3.e5m2.f32",
        "nvidia.hopper.wgmma.m64n8k32.f16.e5m2.e4m3",
        "nvidia.hopper.mma.m16n8k32.f16.e5m2.e5m2.f16",
        "nvidia.ampere.mma.m8n8k4.f64.f64.f64.f64",
        "nvidia.ampere.mma.m16n8k32.s32.s8.u8.s32",
        "nvidia.ampere.mma.m16n8k64.satfinite.s32.s4.s4.s32",
        "nvidia.ampere.mma.m16n8k256.s32.b1.b1.s32.xor.popc",
        "amd.cdna1.mfma.f32_16x16x16f16+exact_sum",
        "amd.cdna2.mfma.f32_16x16x16f16",
        "amd.cdna3.mfma.f32_16x16x16_bf16",
        "amd.cdna3.mfma.f32_16x16x32_fp8_bf8",
        "amd.cdna4.mfma.i32_16x16x64_i8",
        "intel.xeonamx.vfmaddph",
        "kulisch:a=e5m2,length=16,terms=128",
        "fma_chain:format=binary32,length=4",
        "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3+promote:interval=64",
        "integer_mac:a=int8,b=int4,length=16,accumulator_bits=32+mixed:block=48",
        "lns:a=lns8_3,accumulator=lns12_6,index_bits=6,length=4"
      })
  void equalItsTwin(String name) {
    UnitSpec spec = Units.named(name).orElseThrow();
    DotProductUnit<?> unit = Units.create(spec);
    NumberFormat a = UnitOperands.of(spec).orElseThrow().a();
    NumberFormat b = UnitOperands.of(spec).orElseThrow().b();
    TwinCheck check = new TwinCheck(unit, twin(spec), a, b, 9);
    int pass = Math.min(unit.length(), 300);
    for (int depth : new int[] {1, Math.max(1, pass - 1), pass + 1, 2 * pass + 3}) {
      assertThat(check.differences(TwinCheck.Draw.RAW, 1, 1, depth, depth)).isEmpty();
      assertThat(check.differences(TwinCheck.Draw.RAW, 1, 19, depth, depth)).isEmpty();
      assertThat(check.differences(TwinCheck.Draw.RAW, 18, 1, depth, depth)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia.blackwell.tcgen05mma.block_scale.m128n8k32.block32.f32.e4m3.e5m2.ue8m0",
        "nvidia.blackwell.tcgen05mma.block_scale.m128n8k64.block16.f32.e2m1.e2m1.ue4m3",
        "nvidia.rtxblackwell.mma.block_scale.m16n8k64.block32.f32.e2m1.e2m1.f32.ue8m0"
      })
  void underScalesOfBlocksTheyEqualItToo(String name) {
    Instruction instruction = Units.find(name).orElseThrow();
    for (int depth : new int[] {1, 15, 17, 33, 65}) {
      requireEqual(instruction, 1, 1, depth);
      requireEqual(instruction, 1, 19, depth);
      requireEqual(instruction, 18, 1, depth);
    }
  }

  private static void requireEqual(Instruction instruction, int rows, int columns, int depth) {
    BlockScale scale = instruction.scale().orElseThrow();
    Random random = new Random(depth);
    int blocks = (depth + scale.length() - 1) / scale.length();
    NumberFormat element = instruction.a().format();
    long[] x = random.longs((long) rows * depth).map(l -> l >>> (64 - element.bits())).toArray();
    long[] y = random.longs((long) columns * depth).map(l -> l >>> (64 - element.bits())).toArray();
    int bits = scale.type().format().bits();
    long[] scalesX = random.longs((long) rows * blocks).map(l -> l >>> (64 - bits)).toArray();
    long[] scalesY = random.longs((long) columns * blocks).map(l -> l >>> (64 - bits)).toArray();
    long[] c = random.longs((long) rows * columns).map(l -> l >>> 32).toArray();
    long[] sums = c.clone();
    run(
        Units.create(instruction.unit()),
        matrix(instruction.a().format(), scale, rows, x, scalesX),
        matrix(instruction.b().format(), scale, columns, y, scalesY),
        new Accumulators(instruction.d().format(), rows, columns, sums));
    int length = Units.create(instruction.unit()).length();
    int whole = (depth + length - 1) / length * length;
    long one = scale.type().format().encodeDouble(1, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    ReferenceScaledUnit twin =
        instruction.unit() instanceof BlockScaledDotSpec s
            ? new ReferenceBlockScaledDot(s)
            : new ReferenceScaledGroupDot((ScaledGroupDotSpec) instruction.unit());
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++, at++) {
        assertThat(sums[at])
            .as("%d x %d, K = %d", rows, columns, depth)
            .isEqualTo(
                twin.dot(
                    padded(row(x, i, depth), whole, 0),
                    padded(row(scalesX, i, blocks), whole / scale.length(), one),
                    padded(row(y, j, depth), whole, 0),
                    padded(row(scalesY, j, blocks), whole / scale.length(), one),
                    c[at]));
      }
    }
  }

  /** As the unit fills the last pass up: with zeros under scales of 1. */
  private static long[] padded(long[] codes, int length, long code) {
    long[] padded = Arrays.copyOf(codes, length);
    Arrays.fill(padded, codes.length, length, code);
    return padded;
  }

  private static <P> void run(
      DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b, Accumulators c) {
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), c);
  }

  private static EncodedMatrix matrix(
      NumberFormat element, BlockScale scale, int rows, long[] codes, long[] scales) {
    NumberFormat stored = scale.type().format();
    ScaleLevel level =
        new ScaleLevel(new Extent.Group(scale.length()), Optional.of(stored), ScaleRule.ABSMAX);
    double[] factors = Arrays.stream(scales).mapToDouble(stored::decodeDouble).toArray();
    return new EncodedMatrix(
        new TensorFormat("blocks", element, List.of(level)),
        rows,
        codes.length / rows,
        codes,
        List.of(factors));
  }

  private static long[] row(long[] all, int row, int length) {
    return Arrays.copyOfRange(all, row * length, (row + 1) * length);
  }
}
