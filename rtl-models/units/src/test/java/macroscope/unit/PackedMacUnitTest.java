package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PackedMacUnitTest {

  private static IntegerFormat integers(String name) {
    return (IntegerFormat) Formats.canonical(name);
  }

  private static PackedMacSpec spec(DspPacking packing, String a, String b, int length, int bits) {
    return new PackedMacSpec("test", packing, integers(a), integers(b), length, bits);
  }

  static Stream<PackedMacSpec> units() {
    return Stream.of(
        spec(DspPacking.PLAIN, "int16", "int16", 5, 40),
        spec(DspPacking.INT8_DSP48E1, "int8", "int8", 4, 32),
        spec(DspPacking.INT8_DSP48E1, "int8sym", "int8sym", 4, 12),
        spec(DspPacking.INT8_DSP48E2, "int8", "int8", 16, 32),
        spec(DspPacking.INT8_DSP48E2, "uint8", "int8", 1, 20),
        spec(DspPacking.INT8_DSP48E2, "int5", "int8", 64, 32),
        spec(DspPacking.INT4_DSP48E1, "int4", "int4", 16, 20),
        spec(DspPacking.INT4_DSP48E2, "uint4", "int4", 16, 20),
        spec(DspPacking.INT4_DSP48E2, "int4", "int4", 33, 20),
        spec(DspPacking.INT4_DSP48E2, "int3", "uint2", 33, 8),
        spec(DspPacking.INT8_DSP58, "int8", "int8", 16, 32),
        spec(DspPacking.INT8_DSP58, "uint8", "int8", 7, 32));
  }

  /** Odd sizes leave lanes without a row or a column. */
  @ParameterizedTest
  @MethodSource("units")
  void equalsTheUnpackedUnit(PackedMacSpec spec) {
    IntegerMacSpec plain =
        new IntegerMacSpec(
            "plain", spec.a(), spec.b(), spec.length(), spec.accumulatorBits(), false);
    TwinCheck check =
        new TwinCheck(
            new PackedMacUnit(spec),
            new ReferenceIntegerMac(plain),
            spec.a(),
            spec.b(),
            20_261_122);
    assertThat(check.differences(Draw.RAW, 5, 7, 133, 70)).isEmpty();
  }

  /** Every activation and lower weight, every fifth upper weight. */
  @ParameterizedTest
  @EnumSource(
      value = DspPacking.class,
      names = {"INT8_DSP48E1", "INT8_DSP48E2"})
  void twoInt8ProductsOfASliceAreBothExact(DspPacking packing) {
    long wrong = 0;
    for (long a = -128; a < 128; a++) {
      for (long low = -128; low < 128; low++) {
        for (long high = -128; high < 128; high += 5) {
          long[] lanes = lanes(packing, new long[] {a}, new long[] {low, high});
          wrong += lanes[0] == a * low && lanes[1] == a * high ? 0 : 1;
        }
      }
    }
    assertThat(wrong).isZero();
  }

  /** All 2^16 quadruples of two activations and two weights. */
  @ParameterizedTest
  @CsvSource({"INT4_DSP48E1, -8", "INT4_DSP48E2, -8", "INT4_DSP48E1, 0", "INT4_DSP48E2, 0"})
  void fourInt4ProductsOfASliceAreAllExact(DspPacking packing, int least) {
    long wrong = 0;
    for (int code = 0; code < 1 << 16; code++) {
      long[] a = {least + (code & 15), least + (code >> 4 & 15)};
      long[] b = {-8 + (code >> 8 & 15), -8 + (code >> 12)};
      long[] expected = {a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]};
      wrong += Arrays.equals(lanes(packing, a, b), expected) ? 0 : 1;
    }
    assertThat(wrong).isZero();
  }

  private static long[] lanes(DspPacking packing, long[] a, long[] b) {
    return packing.lanes(packing.packA(a) * packing.packB(b));
  }

  /** WP486: seven INT8 products fit an 18-bit lane; WP521: three bits of room. */
  @ParameterizedTest
  @CsvSource({
    "INT8_DSP48E2, int8, int8, 7",
    "INT8_DSP48E2, int8sym, int8sym, 8",
    "INT8_DSP48E1, int8, int8, 1",
    "INT4_DSP48E2, uint4, int4, 8",
    "INT4_DSP48E2, int4, int4, 15",
    "INT4_DSP48E1, int4, int4, 7"
  })
  void lanesHoldSoManyProducts(DspPacking packing, String a, String b, int products) {
    assertThat(packing.mostProducts(integers(a), integers(b))).isEqualTo(products);
  }

  /** The longest cascade of the largest products of either sign, and of one sign beside the other. */
  @ParameterizedTest
  @MethodSource("units")
  void theLongestCascadeOfTheLargestProductsFitsItsLanes(PackedMacSpec spec) {
    DspPacking packing = spec.packing();
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      long sum = 0;
      long[] expected = new long[packing.outputs()];
      long[] a = extremes(spec.a(), packing.rows(), random);
      long[] b = extremes(spec.b(), packing.columns(), random);
      for (int k = 0; k < spec.cascade(); k++) {
        sum += packing.packA(a) * packing.packB(b);
        for (int lane = 0; lane < expected.length; lane++) {
          expected[lane] += a[lane / packing.columns()] * b[lane % packing.columns()];
        }
      }
      assertThat(packing.lanes(sum)).isEqualTo(expected);
    }
  }

  private static long[] extremes(IntegerFormat format, int count, Random random) {
    return random.longs(count, 0, 2).map(r -> r == 0 ? format.least() : format.most()).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, int8, 16, 16",
    "INT8_DSP48E1, int8, 16, 8",
    "INT8_DSP48E2, int8, 16, 8",
    "INT4_DSP48E1, int4, 16, 4",
    "INT4_DSP48E2, int4, 16, 4",
    "INT8_DSP58, int8, 16, 6",
    "INT8_DSP58, int8, 15, 5"
  })
  void aDotProductIsChargedItsPartOfTheSlices(
      DspPacking packing, String format, int length, double slices) {
    Inventory parts = new PackedMacUnit(spec(packing, format, format, length, 32)).inventory();
    assertThat(
            parts.lines().stream()
                .filter(line -> line.component() instanceof Component.DspSlice)
                .mapToDouble(line -> line.perUnit(Feature.INSTANCE))
                .sum())
        .isEqualTo(slices);
  }

  @Test
  void theMostNegativeNumberOfASymmetricFormatIsRefused() {
    PackedMacUnit unit = new PackedMacUnit(spec(DspPacking.INT8_DSP48E2, "int8sym", "int8", 1, 32));
    assertThatThrownBy(
            () -> unit.prepareA(TwinCheck.matrix(integers("int8sym"), 1, 1, new long[] {0x80})))
        .hasMessage("a number of int8sym must be at least -127: -128");
  }
}
