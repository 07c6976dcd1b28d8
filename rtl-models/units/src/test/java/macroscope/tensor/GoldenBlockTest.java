package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import macroscope.GoldenRows;
import macroscope.format.IntegerFormat;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;

/** Vectors of microxcaling and NVFP4; see the README beside them. */
class GoldenBlockTest {

  private static final Map<String, RoundingMode> MX_ROUNDINGS =
      Map.of(
          "nearest", RoundingMode.TIES_TO_AWAY,
          "even", RoundingMode.TIES_TO_EVEN,
          "floor", RoundingMode.TOWARD_ZERO);

  private static double[] input(Map<String, String> row) {
    String hex = row.get("in_f32_hex");
    return Arrays.stream(GoldenRows.words(hex, hex.length() / 8))
        .mapToDouble(word -> Float.intBitsToFloat((int) word))
        .toArray();
  }

  private static TensorFormat format(Map<String, String> row) {
    return TensorFormats.parse(row.get("format") + ":block" + row.get("block"));
  }

  private static boolean sameCodes(EncodedMatrix block, Map<String, String> row) {
    return Arrays.equals(
        block.codes(), GoldenRows.words(row.get("elem_codes_hex"), block.columns()));
  }

  private static int[] outputs(EncodedMatrix block, float zero) {
    float[] values = block.decodeBinary32();
    return IntStream.range(0, values.length)
        .map(i -> Float.floatToRawIntBits(values[i] == 0 ? values[i] + zero : values[i]))
        .toArray();
  }

  private static boolean sameOutputs(int[] outputs, Map<String, String> row) {
    long[] words = GoldenRows.words(row.get("out_f32_hex"), outputs.length);
    return Arrays.equals(outputs, Arrays.stream(words).mapToInt(w -> (int) w).toArray());
  }

  private static boolean sameScale(EncodedMatrix block, int level, String hex) {
    return block.scaleCode(level, 0) == Long.parseLong(hex, 16);
  }

  @Test
  void microscalingBlocksAreThoseOfMicroxcaling() {
    Predicate<Map<String, String>> agrees =
        row -> {
          double[] x = input(row);
          RoundingMode rounding = MX_ROUNDINGS.get(row.get("rounding"));
          EncodedMatrix block = new Quantizer(format(row), rounding).quantize(x, 1, x.length);
          // Zeros are positive in the vectors: -0 + 0 is +0.
          return sameScale(block, 0, row.get("scale_e8m0_hex"))
              && sameCodes(block, row)
              && sameOutputs(outputs(block, 0.0f), row);
        };
    assertThat(GoldenRows.of("mx_microxcaling")).isNotEmpty().allMatch(agrees);
  }

  @Test
  void nvfp4BlocksAreThoseOfTheirVectors() {
    Predicate<Map<String, String>> agrees =
        row -> {
          double[] x = input(row);
          double tensorScale =
              Float.intBitsToFloat((int) Long.parseLong(row.get("tensor_scale_f32"), 16));
          EncodedMatrix block =
              new Quantizer(format(row), RoundingMode.TIES_TO_EVEN)
                  .quantizeUnder(tensorScale, x, 1, x.length);
          return sameScale(block, 1, row.get("scale_e4m3_hex"))
              && sameCodes(block, row)
              && sameOutputs(outputs(block, -0.0f), row);
        };
    assertThat(GoldenRows.of("nvfp4_own")).isNotEmpty().allMatch(agrees);
  }

  private static final Map<String, RoundingMode> BDR_ROUNDINGS =
      Map.of(
          "nearest_away", RoundingMode.TIES_TO_AWAY,
          "even", RoundingMode.TIES_TO_EVEN,
          "trunc", RoundingMode.TOWARD_ZERO);

  @Test
  void twoLevelBlocksAreThoseOfTheirVectors() {
    Predicate<Map<String, String>> agrees =
        row -> {
          double[] x = input(row);
          TensorFormat format = TensorFormats.parse(row.get("format"));
          RoundingMode rounding = BDR_ROUNDINGS.get(row.get("rounding"));
          EncodedMatrix block = new Quantizer(format, rounding).quantize(x, 1, x.length);
          return Math.getExponent(block.scales(0)[0]) == Integer.parseInt(row.get("shared_exp"))
              && microExponents(block).equals(row.get("microexp_bits"))
              && mantissas(block).equals(row.get("mantissas_dec"))
              && sameValues(block, row);
        };
    assertThat(GoldenRows.of("bdr_mx9_mx6_mx4_own")).isNotEmpty().allMatch(agrees);
  }

  /** Zeros are of either sign in the vectors; a mantissa of 0 has none. */
  private static boolean sameValues(EncodedMatrix block, Map<String, String> row) {
    long[] words = GoldenRows.words(row.get("out_f32_hex"), block.columns());
    float[] values = block.decodeBinary32();
    return IntStream.range(0, words.length)
        .allMatch(i -> values[i] == Float.intBitsToFloat((int) words[i]));
  }

  private static String microExponents(EncodedMatrix block) {
    return Arrays.stream(block.scales(1))
        .mapToObj(scale -> scale == 1 ? "0" : "1")
        .collect(Collectors.joining());
  }

  private static String mantissas(EncodedMatrix block) {
    IntegerFormat element = (IntegerFormat) block.format().element();
    return Arrays.stream(block.codes())
        .mapToObj(code -> Long.toString(element.integer(code)))
        .collect(Collectors.joining(" "));
  }
}
