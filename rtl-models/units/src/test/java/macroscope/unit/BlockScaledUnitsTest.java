package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Component.Multiplier;
import macroscope.reference.ReferenceBlockScaledDot;
import macroscope.reference.ReferenceScaledGroupDot;
import macroscope.reference.ReferenceScaledUnit;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Units that scale blocks of their operands, against their twins. */
class BlockScaledUnitsTest {

  private static final String NVFP4 =
      "nvidia.blackwell.tcgen05mma.block_scale.m128n8k64.block16.f32.e2m1.e2m1.ue4m3";

  private record Case(
      UnitSpec spec,
      ReferenceScaledUnit twin,
      FloatFormat a,
      FloatFormat b,
      FloatFormat scale,
      int block) {
    @Override
    public String toString() {
      return spec.toString();
    }
  }

  private static Case mx(FloatFormat a, FloatFormat b, int length, int group, int block, int kept) {
    FusedDotSpec dot =
        new FusedDotSpec(
            "mx", a, b, Formats.BINARY32, length, group, kept, RoundingMode.TOWARD_ZERO, 23);
    BlockScaledDotSpec spec = new BlockScaledDotSpec(dot, Formats.E8M0, block);
    return new Case(spec, new ReferenceBlockScaledDot(spec), a, b, Formats.E8M0, block);
  }

  private static Case groups(
      FloatFormat a, FloatFormat scale, FloatFormat d, int length, int group, int block, int kept) {
    RoundingMode rounding =
        d.equals(Formats.BINARY32) ? RoundingMode.TOWARD_ZERO : RoundingMode.TIES_TO_EVEN;
    var spec = new ScaledGroupDotSpec("nv", a, a, scale, d, length, group, block, kept, rounding);
    return new Case(spec, new ReferenceScaledGroupDot(spec), a, a, scale, block);
  }

  static Stream<Case> cases() {
    return Stream.of(
        mx(Formats.E4M3FN, Formats.E5M2, 32, 32, 32, 25),
        mx(Formats.E2M1FN, Formats.E3M2FN, 32, 16, 8, 13),
        mx(Formats.E5M2, Formats.E5M2, 16, 16, 64, 31),
        groups(Formats.E2M1FN, Formats.UE4M3, Formats.BINARY32, 64, 16, 16, 35),
        groups(Formats.E2M1FN, Formats.E8M0, Formats.BINARY32, 64, 16, 32, 35),
        groups(Formats.E2M3FN, Formats.UE5M3, Formats.BINARY16, 32, 8, 16, 20),
        groups(Formats.E3M2FN, Formats.UE4M3, Formats.BFLOAT16, 16, 16, 16, 5));
  }

  private final Random random = new Random(7);

  private long[] codes(FloatFormat format, int count, boolean finite) {
    long[] codes = new long[count];
    for (int i = 0; i < count; i++) {
      do {
        codes[i] = random.nextLong() >>> (Long.SIZE - format.bits());
      } while (finite && !format.decode(codes[i]).isFinite());
    }
    return codes;
  }

  /** Scales near each other, of which one in 64 is NaN unless all are to be finite. */
  private long[] scales(FloatFormat format, int count, boolean finite) {
    long middle = format.encodeDouble(1, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    long[] codes = codes(format, count, true);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) > 0) {
        codes[i] = middle + random.nextInt(16) - 8;
      }
      if (!finite && random.nextInt(64) == 0) {
        codes[i] = (1L << format.bits()) - 1;
      }
    }
    return codes;
  }

  private static EncodedMatrix matrix(
      FloatFormat element, FloatFormat scale, int block, int rows, long[] codes, long[] scales) {
    var level = new ScaleLevel(new Extent.Group(block), Optional.of(scale), ScaleRule.ABSMAX);
    double[] factors = Arrays.stream(scales).mapToDouble(scale::decodeDouble).toArray();
    return new EncodedMatrix(
        new TensorFormat("test", element, List.of(level)),
        rows,
        codes.length / rows,
        codes,
        List.of(factors));
  }

  private <P> List<String> differences(Case one, DotProductUnit<P> unit, boolean finite) {
    int rows = 6;
    int columns = 37;
    int depth = 4 * Math.max(unit.length(), one.block);
    int blocks = depth / one.block;
    long[] x = codes(one.a, rows * depth, finite);
    long[] y = codes(one.b, columns * depth, finite);
    long[] scalesX = scales(one.scale, rows * blocks, finite);
    long[] scalesY = scales(one.scale, columns * blocks, finite);
    FloatFormat output = (FloatFormat) unit.accumulatorFormat();
    long[] c = codes(output, rows * columns, finite);
    Accumulators sums = new Accumulators(output, rows, columns, c.clone());
    P a = unit.prepareA(matrix(one.a, one.scale, one.block, rows, x, scalesX));
    P b = unit.prepareB(matrix(one.b, one.scale, one.block, columns, y, scalesY));
    unit.gemm(a, b, 0, depth, sums);
    List<String> differences = new ArrayList<>();
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++, at++) {
        long expected =
            one.twin.dot(
                row(x, i, depth),
                row(scalesX, i, blocks),
                row(y, j, depth),
                row(scalesY, j, blocks),
                c[at]);
        if (sums.codes()[at] != expected) {
          differences.add(
              Long.toHexString(sums.codes()[at]) + " not " + Long.toHexString(expected));
        }
      }
    }
    return differences;
  }

  private static long[] row(long[] all, int row, int length) {
    return Arrays.copyOfRange(all, row * length, (row + 1) * length);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsTwinOnFiniteOperands(Case one) {
    for (int round = 0; round < 8; round++) {
      assertThat(differences(one, Units.create(one.spec), true)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsTwinOnRawBits(Case one) {
    for (int round = 0; round < 8; round++) {
      assertThat(differences(one, Units.create(one.spec), false)).isEmpty();
    }
  }

  /** The scale of the whole tensor is a power of two here, so that the epilogue rounds nothing. */
  @Test
  void anNvfp4InstructionLeavesTheScaleOfTheTensorToTheEpilogue() {
    double[] x = random.doubles(2 * 80, -1, 1).toArray();
    EncodedMatrix one = quantized(1, x);
    EncodedMatrix eighth =
        new EncodedMatrix(
            one.format(), 2, 80, one.codes(), List.of(new double[] {0.125}, one.scales(1)));
    DotProductUnit<?> unit = Units.create(Units.find(NVFP4).orElseThrow().unit());
    double[] expected = Arrays.stream(product(unit, one)).map(p -> p / 64).toArray();
    assertThat(product(unit, eighth)).containsExactly(expected);
  }

  private static EncodedMatrix quantized(double tensorScale, double[] x) {
    TensorFormat format = TensorFormats.parse("nvfp4");
    return new Quantizer(format, RoundingMode.TIES_TO_EVEN).quantizeUnder(tensorScale, x, 2, 80);
  }

  private static <P> double[] product(DotProductUnit<P> unit, EncodedMatrix a) {
    ScaledGemm<P> gemm = new ScaledGemm<>(unit);
    return gemm.multiply(gemm.prepareA(a), gemm.prepareB(a));
  }

  @Test
  void scalesThatTheInstructionCannotTakeAreRefused() {
    Case mx = mx(Formats.E4M3FN, Formats.E4M3FN, 32, 32, 32, 25);
    EncodedMatrix odd =
        matrix(Formats.E4M3FN, Formats.BINARY32, 32, 1, new long[32], new long[] {0x3FC0_0000L});
    assertThatThrownBy(() -> Units.create(mx.spec).prepareA(odd))
        .hasMessage("each scale must be a number of e8m0: 1.5");
  }

  @Test
  void groupsShorterThanABlockAreRefused() {
    Case mx = mx(Formats.E4M3FN, Formats.E4M3FN, 32, 32, 32, 25);
    EncodedMatrix short16 =
        matrix(Formats.E4M3FN, Formats.E8M0, 16, 1, new long[32], new long[] {127, 127});
    assertThatThrownBy(() -> Units.create(mx.spec).prepareA(short16))
        .hasMessage("scale groups must be multiples of a block of 32: 16");
  }

  /** 16 products of at most 36, in quarters: 9 + 4 bits; two significands of 4 bits: 8 more. */
  @Test
  void aTermOfAnNvfp4InstructionHas21Bits() {
    var spec = (ScaledGroupDotSpec) Units.find(NVFP4).orElseThrow().unit();
    assertThat(ScaledGroupHardware.termBits(spec)).isEqualTo(21);
    assertThat(ScaledGroupHardware.inventory(spec).lines())
        .filteredOn(line -> line.name().equals("scaled group"))
        .singleElement()
        .matches(line -> line.component().equals(new Multiplier(13, 8)) && line.instances() == 4);
  }

  /** Two scales of 8 exponent bits make 9 bits, one more with the exponent of the product. */
  @Test
  void aScaledExponentOfAnMxInstructionHasTenBits() {
    var spec = (BlockScaledDotSpec) mx(Formats.E4M3FN, Formats.E4M3FN, 32, 32, 32, 25).spec;
    assertThat(BlockScaledHardware.exponentBits(spec)).isEqualTo(10);
  }
}
