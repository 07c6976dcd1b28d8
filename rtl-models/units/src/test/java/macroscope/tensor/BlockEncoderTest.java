package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk quantization against the quantizer in double precision. */
class BlockEncoderTest {

  private static final int ROWS = 61;
  private static final int COLUMNS = 1000;

  /** Rows of many magnitudes, binary32's subnormal numbers and zeros included. */
  private static float[] matrix() {
    SplittableRandom random = new SplittableRandom(5);
    float[] x = new float[ROWS * COLUMNS];
    for (int i = 0; i < x.length; i++) {
      int exponent = -150 + 277 * (i / COLUMNS) / (ROWS - 1);
      x[i] = i % 97 < 40 ? 0 : (float) Math.scalb(random.nextDouble(-1, 1), exponent);
    }
    return x;
  }

  private static byte[] bytes(long[] codes) {
    byte[] bytes = new byte[codes.length];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) codes[i]);
    return bytes;
  }

  private static double[] widened(float[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mxfp4",
        "mxfp6_e2m3",
        "mxfp6_e3m2",
        "mxfp8_e4m3",
        "mxfp8_e5m2",
        "mxint8",
        "mxint4",
        "mxfp4:block16"
      })
  void bulkCodesAreThoseOfTheQuantizer(String scheme) {
    TensorFormat format = TensorFormats.parse(scheme);
    float[] x = matrix();
    byte[] codes = new byte[x.length];
    BlockEncoder encoder = BlockEncoder.of(format).orElseThrow();
    encoder.encode(x, ROWS, COLUMNS, codes, new byte[encoder.scales(ROWS, COLUMNS)]);
    assertThat(codes)
        .isEqualTo(bytes(Quantizer.quantize(format, widened(x), ROWS, COLUMNS).codes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mxfp4", "mxfp8_e5m2", "mxint8"})
  void bulkScalesAreThoseOfTheQuantizer(String scheme) {
    TensorFormat format = TensorFormats.parse(scheme);
    float[] x = matrix();
    BlockEncoder encoder = BlockEncoder.of(format).orElseThrow();
    byte[] scales = new byte[encoder.scales(ROWS, COLUMNS)];
    encoder.encode(x, ROWS, COLUMNS, new byte[x.length], scales);
    EncodedMatrix expected = Quantizer.quantize(format, widened(x), ROWS, COLUMNS);
    assertThat(scales)
        .isEqualTo(
            bytes(
                IntStream.range(0, scales.length)
                    .mapToLong(i -> expected.scaleCode(0, i))
                    .toArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nvfp4", "mx9", "mxfp4:ceil", "e4m3fn:channel", "mxfp4:sorted", "bf16"})
  void otherFormatsHaveNone(String scheme) {
    assertThat(BlockEncoder.of(TensorFormats.parse(scheme))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void whatIsNotFiniteIsRefusedByPlace(float bad) {
    float[] x = new float[256];
    Arrays.fill(x, 1);
    x[200] = bad;
    BlockEncoder encoder = BlockEncoder.of(TensorFormats.parse("mxfp4")).orElseThrow();
    assertThatThrownBy(() -> encoder.encode(x, 2, 128, new byte[256], new byte[8]))
        .hasMessage(
            "mxfp4: every element must be finite; one is not in the block at row 1, column 64");
  }

  @Test
  void aShortScaleArrayIsRefused() {
    BlockEncoder encoder = BlockEncoder.of(TensorFormats.parse("mxfp4")).orElseThrow();
    assertThatThrownBy(() -> encoder.encode(new float[64], 1, 64, new byte[64], new byte[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
