package macroscope.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.BlockScaledDotUnit;
import macroscope.unit.DotProductUnit;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.Instruction;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.ScaledGroupDotUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Units that scale blocks: vectors against plain Java, over many passes and odd shapes. */
class VectorScaledKernelTest {

  private final Random random = new Random(20_261_122);

  /** A unit, in plain Java and not, and its operands. */
  private record Case(
      UnitSpec spec,
      DotProductUnit<?> plain,
      FloatFormat a,
      FloatFormat b,
      FloatFormat scale,
      int block) {
    @Override
    public String toString() {
      return spec.toString();
    }
  }

  private static Case of(UnitSpec spec) {
    if (spec instanceof BlockScaledDotSpec mx) {
      return new Case(
          mx,
          BlockScaledDotUnit.plain(mx),
          mx.dot().a(),
          mx.dot().b(),
          mx.scale(),
          mx.blockLength());
    }
    ScaledGroupDotSpec nv = (ScaledGroupDotSpec) spec;
    return new Case(nv, ScaledGroupDotUnit.plain(nv), nv.a(), nv.b(), nv.scale(), nv.blockLength());
  }

  private static UnitSpec mx(FloatFormat a, FloatFormat b, int length, int group, int block) {
    FusedDotSpec dot =
        new FusedDotSpec(
            "mx", a, b, Formats.BINARY32, length, group, 25, RoundingMode.TIES_TO_EVEN, 23);
    return new BlockScaledDotSpec(dot, Formats.E8M0, block);
  }

  private static UnitSpec groups(
      FloatFormat a, FloatFormat scale, FloatFormat d, int length, int group, int kept) {
    RoundingMode rounding = RoundingMode.TIES_TO_EVEN;
    return new ScaledGroupDotSpec("nv", a, a, scale, d, length, group, group, kept, rounding);
  }

  /** The instructions of real machines, and cores that cut, round and overflow more often. */
  static Stream<Case> cases() {
    Stream<UnitSpec> real =
        Units.all().stream()
            .map(Instruction::unit)
            .filter(s -> s instanceof BlockScaledDotSpec || s instanceof ScaledGroupDotSpec);
    return Stream.concat(
            real,
            Stream.of(
                mx(Formats.E4M3FN, Formats.E5M2, 24, 12, 4),
                mx(Formats.E2M1FN, Formats.E3M2FN, 32, 16, 64),
                groups(Formats.E2M1FN, Formats.UE4M3, Formats.BFLOAT16, 64, 16, 6),
                groups(Formats.E3M2FN, Formats.UE4M3, Formats.BINARY16, 16, 16, 20),
                groups(Formats.E2M3FN, Formats.UE5M3, Formats.BINARY16, 32, 8, 12)))
        .map(VectorScaledKernelTest::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheBitsOfPlainJava(Case one) {
    DotProductUnit<?> fast = Units.create(one.spec);
    for (int[] shape : new int[][] {{1, 1, 1}, {3, 63, 2}, {4, 65, 3}, {33, 130, 2}}) {
      int depth = shape[2] * Math.max(fast.length(), one.block) - (shape[2] - 1);
      EncodedMatrix a = matrix(one.a, one, shape[0], depth);
      EncodedMatrix b = matrix(one.b, one, shape[1], depth);
      FloatFormat output = (FloatFormat) fast.accumulatorFormat();
      long[] c = codes(output, shape[0] * shape[1]);
      assertThat(gemm(fast, a, b, c.clone()))
          .as("%d x %d x %d", shape[0], shape[1], depth)
          .isEqualTo(gemm(one.plain, a, b, c.clone()));
    }
  }

  @Test
  void groupsOfRealInstructionsRunOnVectors() {
    assertThat(
            Units.all().stream()
                .map(Instruction::unit)
                .filter(ScaledGroupDotSpec.class::isInstance)
                .map(spec -> new ScaledGroupDotUnit((ScaledGroupDotSpec) spec).vectorized()))
        .containsOnly(true);
  }

  private static <P> long[] gemm(
      DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b, long[] c) {
    Accumulators sums = new Accumulators(unit.accumulatorFormat(), a.rows(), b.rows(), c);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return sums.codes();
  }

  /** Random codes with scales about 1, now and then any, zero or NaN. */
  private EncodedMatrix matrix(FloatFormat element, Case one, int rows, int depth) {
    int blocks = rows * ((depth + one.block - 1) / one.block);
    FloatFormat scale = one.scale;
    long middle = scale.encodeDouble(1, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    int spread = 1 + random.nextInt(40);
    double[] scales = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      long near = middle - spread / 2 + random.nextInt(spread);
      long code = random.nextInt(256) == 0 ? random.nextInt(1 << scale.bits()) : near;
      scales[i] = scale.decodeDouble(code);
    }
    var level = new ScaleLevel(new Extent.Group(one.block), Optional.of(scale), ScaleRule.ABSMAX);
    TensorFormat format = new TensorFormat("test", element, List.of(level));
    return new EncodedMatrix(format, rows, depth, codes(element, rows * depth), List.of(scales));
  }

  /** Any bits, zero in runs, and rarely what is not finite. */
  private long[] codes(FloatFormat format, int count) {
    long[] codes = new long[count];
    Arrays.setAll(codes, i -> random.nextLong() >>> (Long.SIZE - format.bits()));
    for (int i = 0; i < count; i++) {
      boolean special = !format.decode(codes[i]).isFinite() && random.nextInt(16) > 0;
      codes[i] = special || i / 32 % 7 == 3 ? 0 : codes[i];
    }
    return codes;
  }
}
