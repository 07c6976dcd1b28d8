package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk encoding against the encoder of one number. All 2^32 numbers: see the benchmarks. */
class BulkEncoderTest {

  /** Prime to 2^16, so that all upper and all lower halves occur. */
  private static final int STEP = 65_521;

  static Stream<NumberFormat> formats() {
    return Stream.concat(
            Formats.all().stream().map(NumberFormat::name),
            Stream.of("p3109_k8p3ue", "gen_e4m3_fin_b11", "uint6", "q2.6sym", "gen_e2m10_fnuz"))
        .map(Formats::canonical)
        .filter(f -> f.bits() <= 16);
  }

  /** Numbers over the whole of binary32, and every value and midpoint with its neighbours. */
  private static float[] probes(NumberFormat format) {
    List<Float> probes = new ArrayList<>();
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
      probes.add(Float.intBitsToFloat((int) bits));
    }
    long codes = 1L << format.bits();
    for (long code = 0; code + 1 < codes; code += codes > 256 ? 37 : 1) {
      if (format.isCode(code) && format.isCode(code + 1)) {
        double value = format.decodeDouble(code);
        float middle = (float) (value / 2 + format.decodeDouble(code + 1) / 2);
        probes.addAll(
            List.of((float) value, middle, Math.nextUp(middle), Math.nextDown(middle), -middle));
      }
    }
    float[] array = new float[probes.size()];
    IntStream.range(0, array.length).forEach(i -> array[i] = probes.get(i));
    return array;
  }

  private static int codeOrRefusal(Encoder encoder, float x) {
    try {
      return (int) encoder.encode(x);
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static List<String> disagreements(
      NumberFormat format, Rounding rounding, Overflow overflow) {
    Encoder encoder = x -> format.encodeDouble(x, rounding, overflow);
    float[] x = probes(format);
    int[] expected = IntStream.range(0, x.length).map(i -> codeOrRefusal(encoder, x[i])).toArray();
    int[] kept = IntStream.range(0, x.length).filter(i -> expected[i] >= 0).toArray();
    float[] accepted = new float[kept.length];
    IntStream.range(0, kept.length).forEach(i -> accepted[i] = x[kept[i]]);
    short[] codes = new short[kept.length];
    BulkEncoder.of(format, rounding, overflow).encode(accepted, 0, accepted.length, codes);
    IntUnaryOperator got = i -> Short.toUnsignedInt(codes[i]);
    return IntStream.range(0, kept.length)
        .filter(i -> got.applyAsInt(i) != expected[kept[i]])
        .mapToObj(i -> accepted[i] + ": " + expected[kept[i]] + ", not " + got.applyAsInt(i))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void bulkCodesAreThoseOfOneNumber(NumberFormat format) {
    assertThat(disagreements(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RoundingMode.class)
  void everyRoundingHasABulkEncoder(RoundingMode rounding) {
    assertThat(disagreements(Formats.E5M2, rounding, Overflow.NATIVE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void everyOverflowPolicyHasABulkEncoder(Overflow overflow) {
    assertThat(disagreements(Formats.BINARY16, RoundingMode.TIES_TO_EVEN, overflow)).isEmpty();
  }

  @Test
  void stochasticRoundingHasABulkEncoder() {
    Rounding rounding = new StochasticRounding(StochasticRounding.Variant.STOCHASTIC_FAST, 3, 5);
    assertThat(disagreements(Formats.E4M3FN, rounding, Overflow.SATURATE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"e4m3fn", "nf4", "int8", "e3m4"})
  void bytesAndShortsAreTheSameCodes(String name) {
    NumberFormat format = Formats.canonical(name);
    float[] x = {0.3f, -1.7f, 100, -0.01f, 0};
    BulkEncoder encoder = BulkEncoder.of(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    byte[] bytes = new byte[5];
    short[] shorts = new short[5];
    encoder.encode(x, 0, 5, bytes);
    encoder.encode(x, 0, 5, shorts);
    assertThat(IntStream.range(0, 5).map(i -> Byte.toUnsignedInt(bytes[i])))
        .containsExactly(IntStream.range(0, 5).map(i -> shorts[i]).boxed().toArray(Integer[]::new));
  }

  @Test
  void onlyTheRangeIsWritten() {
    byte[] codes = new byte[4];
    Arrays.fill(codes, (byte) 99);
    BulkEncoder.of(Formats.E2M1FN, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)
        .encode(new float[] {1, 2, 3, 4}, 1, 3, codes);
    assertThat(codes).containsExactly(99, 4, 5, 99);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e2m1fn", "int8", "nf4"})
  void aNumberWithoutCodeIsRefusedByPlace(String name) {
    BulkEncoder encoder =
        BulkEncoder.of(Formats.canonical(name), RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    assertThatThrownBy(() -> encoder.encode(new float[] {1, Float.NaN}, 0, 2, new byte[2]))
        .hasMessage(name + " has no code for element 1: NaN");
  }

  @Test
  void moreThanAByteIsRefused() {
    BulkEncoder encoder =
        BulkEncoder.of(Formats.BINARY16, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    assertThatThrownBy(() -> encoder.encode(new float[1], 0, 1, new byte[1]))
        .hasMessage("binary16 needs more than a byte: 16 bits");
  }

  @Test
  void moreThanSixteenBitsAreRefused() {
    assertThatThrownBy(
            () -> BulkEncoder.of(Formats.TF32, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
        .hasMessage("tf32: bulk encoding needs at most 16 bits: 19");
  }

  @Test
  void aRangeBeyondTheArrayIsRefused() {
    BulkEncoder encoder =
        BulkEncoder.of(Formats.E2M1FN, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    assertThatThrownBy(() -> encoder.encode(new float[2], 0, 2, new byte[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
