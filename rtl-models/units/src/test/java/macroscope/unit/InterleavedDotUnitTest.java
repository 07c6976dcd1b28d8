package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceInterleavedDot;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterleavedDotUnitTest {

  private static final String HOPPER = "nvidia.hopper.mma.m16n8k32.";

  private static InterleavedDotSpec preset(String name) {
    return (InterleavedDotSpec) Units.find(name).orElseThrow().unit();
  }

  private static InterleavedDotSpec spec(FloatFormat a, FloatFormat b, FloatFormat d, int length) {
    RoundingMode rounding =
        d.equals(Formats.BINARY32) ? RoundingMode.TOWARD_ZERO : RoundingMode.TIES_TO_EVEN;
    return new InterleavedDotSpec("test", a, b, d, length, 25, rounding);
  }

  static Stream<InterleavedDotSpec> specs() {
    return Stream.of(
        spec(Formats.E4M3FN, Formats.E4M3FN, Formats.BINARY16, 32),
        spec(Formats.E5M2, Formats.E4M3FN, Formats.BINARY32, 32),
        spec(Formats.E4M3FN, Formats.E5M2, Formats.BINARY32, 16),
        spec(Formats.E5M2, Formats.E5M2, Formats.BINARY16, 16),
        spec(Formats.E2M1FN, Formats.E3M2FN, Formats.BINARY32, 4));
  }

  private static TwinCheck check(InterleavedDotSpec spec) {
    return new TwinCheck(
        new InterleavedDotUnit(spec), new ReferenceInterleavedDot(spec), spec.a(), spec.b(), 90);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void equalsItsTwinOnRawBits(InterleavedDotSpec spec) {
    assertThat(check(spec).differences(Draw.RAW, 9, 70, 3, 4)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void equalsItsTwinOnFiniteOperands(InterleavedDotSpec spec) {
    assertThat(check(spec).differences(Draw.FINITE, 9, 130, 2 * spec.length() + 5, 1024)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void equalsItsTwinWhereExponentsAreClose(InterleavedDotSpec spec) {
    assertThat(check(spec).differences(Draw.CLOSE, 9, 65, 3 * spec.length(), spec.length()))
        .isEmpty();
  }

  private static long dot(InterleavedDotSpec spec, long[] a, long[] b, long c) {
    InterleavedDotUnit unit = new InterleavedDotUnit(spec);
    Accumulators sum = new Accumulators(spec.accumulator(), 1, 1, new long[] {c});
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(spec.a(), 1, a.length, a)),
        unit.prepareB(TwinCheck.matrix(spec.b(), 1, b.length, b)),
        0,
        a.length,
        sum);
    return sum.codes()[0];
  }

  private static long[] e5m2(int k, long code) {
    long[] codes = new long[32];
    codes[k] = code;
    return codes;
  }

  /** 2^15 * 2^15 in the first half, its negative in the second: infinity meets infinity. */
  @Test
  void aHalfSumThatOverflowsIsNotBroughtBack() {
    InterleavedDotSpec spec = preset(HOPPER + "f16.e5m2.e5m2.f16");
    long[] a = e5m2(0, 0x78);
    a[2] = 0xF8;
    long[] b = new long[32];
    Arrays.fill(b, 0x78);
    assertThat(dot(spec, a, b, 0)).isEqualTo(0x7C00);
  }

  /** The addend never meets the products in the aligned sum: 2^-9 * 2^-9 next to 1 rounds up. */
  @Test
  void theAddendIsAddedToNearestEven() {
    InterleavedDotSpec spec = preset(HOPPER + "f32.e4m3.e4m3.f32");
    long[] tiny = new long[32];
    tiny[0] = 0x01;
    long[] b = new long[32];
    b[0] = 0x30;
    assertThat(dot(spec, tiny, b, 0x4B7F_FFFFL)).isEqualTo(0x4B7F_FFFFL);
    b[0] = 0x78;
    assertThat(dot(spec, tiny, b, 0x4B7F_FFFFL)).isEqualTo(0x4B80_0000L);
  }

  @Test
  void aPassThatBeginsWithinFourProductsIsRefused() {
    InterleavedDotUnit unit = new InterleavedDotUnit(preset(HOPPER + "f32.e4m3.e4m3.f32"));
    var a = unit.prepareA(TwinCheck.matrix(Formats.E4M3FN, 1, 8, new long[8]));
    var b = unit.prepareB(TwinCheck.matrix(Formats.E4M3FN, 1, 8, new long[8]));
    Accumulators c = Accumulators.zeros(Formats.BINARY32, 1, 1);
    assertThatThrownBy(() -> unit.gemm(a, b, 2, 8, c)).hasMessageContaining("multiples of 4");
  }

  @Test
  void anOperandThatBinary16CannotHoldIsRefused() {
    assertThatThrownBy(() -> spec(Formats.BFLOAT16, Formats.E5M2, Formats.BINARY16, 16))
        .hasMessageContaining("operand a: bfloat16");
  }

  @Test
  void bothHalvesGoThroughOneDatapath() {
    InterleavedDotSpec spec = preset(HOPPER + "f32.e4m3.e4m3.f32");
    assertThat(InterleavedDotHardware.inventory(spec).lines())
        .filteredOn(line -> line.name().equals("significand multiplier"))
        .singleElement()
        .matches(line -> line.instances() == 16 && line.usesPerPass() == 2);
    assertThat(InterleavedDotHardware.pipeline(spec).initiationInterval()).isEqualTo(2);
  }
}
