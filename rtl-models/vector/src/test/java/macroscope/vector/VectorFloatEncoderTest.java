package macroscope.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import macroscope.format.BulkEncoder;
import macroscope.format.Formats;
import macroscope.format.NearestSum;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector lanes against plain Java. */
class VectorFloatEncoderTest {

  /** Prime to 2^16, so that all upper and all lower halves occur. */
  private static final int STEP = 40_009;

  static Stream<NumberFormat> served() {
    return Stream.concat(
            Formats.all().stream(),
            Stream.of("gen_e4m3_fin_b11", "gen_e2m10_fnuz", "p3109_k8p3se").map(Formats::canonical))
        .filter(f -> NearestSum.of(f, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE).isPresent());
  }

  private static BulkEncoder vector(NumberFormat format) {
    BulkEncoder encoder =
        BulkEncoder.vectorized(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    assertThat(encoder).isInstanceOf(VectorFloatEncoder.class);
    return encoder;
  }

  private static BulkEncoder plain(NumberFormat format) {
    return BulkEncoder.of(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /** Binary32 numbers of all magnitudes, and every value of the format with its neighbours. */
  private static float[] numbers(NumberFormat format) {
    float[] all = new float[(int) (0xFFFF_FFFFL / STEP) + 3 * (1 << format.bits())];
    int count = 0;
    for (long bits = 0; bits < 1L << 32; bits += STEP) {
      all[count++] = Float.intBitsToFloat((int) bits);
    }
    for (long code = 0; code < 1L << format.bits() && count + 3 <= all.length; code++) {
      float value = (float) format.decodeDouble(code);
      all[count++] = value;
      all[count++] = Math.nextUp(value * 1.03125f);
      all[count++] = Math.nextDown(value * 0.96875f);
    }
    float[] kept = new float[count];
    int finite = 0;
    for (int i = 0; i < count; i++) {
      if (!Float.isNaN(all[i])) {
        kept[finite++] = all[i];
      }
    }
    return Arrays.copyOf(kept, finite);
  }

  @ParameterizedTest
  @MethodSource("served")
  void lanesGiveTheCodesOfPlainJava(NumberFormat format) {
    float[] x = numbers(format);
    short[] lanes = new short[x.length];
    short[] expected = new short[x.length];
    vector(format).encode(x, 0, x.length, lanes);
    plain(format).encode(x, 0, x.length, expected);
    assertThat(lanes).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e4m3fn", "e4m3fnuz", "e2m1fn", "e3m2fn"})
  void productsAreTakenInBinary32(String name) {
    NumberFormat format = Formats.canonical(name);
    float[] x = numbers(format);
    byte[] lanes = new byte[x.length];
    byte[] expected = new byte[x.length];
    vector(format).encodeProducts(x, 0, x.length, 0x1.234568p-3f, lanes);
    plain(format).encodeProducts(x, 0, x.length, 0x1.234568p-3f, expected);
    assertThat(lanes).isEqualTo(expected);
  }

  @Test
  void rangesOfAnyLengthAreWrittenAndNothingElse() {
    NumberFormat format = Formats.E4M3FN;
    float[] x = Arrays.copyOf(numbers(format), 80);
    for (int from = 0; from < 20; from++) {
      for (int to = from; to <= x.length; to++) {
        byte[] lanes = new byte[x.length];
        byte[] expected = new byte[x.length];
        vector(format).encode(x, from, to, lanes);
        plain(format).encode(x, from, to, expected);
        assertThat(lanes).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e4m3fn", "e5m2", "e4m3fnuz", "binary16"})
  void nanHasTheCodeOfPlainJava(String name) {
    NumberFormat format = Formats.canonical(name);
    float[] x = new float[50];
    x[7] = Float.NaN;
    x[33] = -1;
    short[] lanes = new short[50];
    short[] expected = new short[50];
    vector(format).encode(x, 0, 50, lanes);
    plain(format).encode(x, 0, 50, expected);
    assertThat(lanes).isEqualTo(expected);
  }

  @Test
  void nanWithoutCodeIsRefusedByPlace() {
    float[] x = new float[50];
    x[7] = Float.NaN;
    assertThatThrownBy(() -> vector(Formats.E2M1FN).encode(x, 0, 50, new byte[50]))
        .hasMessage("e2m1fn has no code for element 7: NaN");
  }

  @Test
  void moreThanAByteIsRefused() {
    assertThatThrownBy(() -> vector(Formats.BINARY16).encode(new float[50], 0, 50, new byte[50]))
        .hasMessage("binary16 needs more than a byte: 16 bits");
  }

  @Test
  void aRangeBeyondTheArrayIsRefused() {
    assertThatThrownBy(() -> vector(Formats.E4M3FN).encode(new float[50], 0, 50, new byte[49]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
