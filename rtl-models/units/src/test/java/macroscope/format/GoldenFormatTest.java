package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import macroscope.GoldenRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of gfloat and universal; see the README beside them. */
class GoldenFormatTest {

  private static long hex(Map<String, String> row, String column) {
    return Long.parseUnsignedLong(row.get(column), 16);
  }

  private static NumberFormat format(Map<String, String> row) {
    return Formats.canonical(row.get("format"));
  }

  private static Overflow overflow(Map<String, String> row) {
    return row.get("saturate").equals("1") ? Overflow.SATURATE : Overflow.NATIVE;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String camelCase) {
    return Enum.valueOf(
        type, camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
  }

  private static Rounding rounding(Map<String, String> row) {
    String name = row.get("rounding");
    return name.startsWith("Stochastic")
        ? new StochasticRounding(
            constant(StochasticRounding.Variant.class, name),
            Integer.parseInt(row.get("srnumbits")),
            Long.parseLong(row.get("srbits")))
        : constant(RoundingMode.class, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"decode_gfloat", "decode_posit_universal", "decode_families_own"})
  void everyCodeDecodesToItsValue(String file) {
    Predicate<Map<String, String>> agrees =
        row -> {
          Value value = format(row).decode(hex(row, "code_hex"));
          double expected = GoldenRows.binary64(row.get("value_hex"));
          return Double.isNaN(expected) ? value.isNan() : value.equals(Value.of(expected));
        };
    assertThat(GoldenRows.of(file)).isNotEmpty().allMatch(agrees);
  }

  /** Universal rounds to nearest and has neither modes nor policies. */
  @Test
  void everyValueEncodesToItsPosit() {
    Predicate<Map<String, String>> agrees =
        row -> {
          Value input = Value.of(GoldenRows.binary64(row.get("input_hex")));
          return format(row).encode(input, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE)
              == hex(row, "code_hex");
        };
    assertThat(GoldenRows.of("encode_posit_universal")).isNotEmpty().allMatch(agrees);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"encode_small", "encode_wide", "encode_stochastic", "encode_families_own"})
  void everyValueEncodesToItsCode(String file) {
    Predicate<Map<String, String>> agrees =
        row -> {
          Value input = Value.of(GoldenRows.binary64(row.get("input_hex")));
          long code = format(row).encode(input, rounding(row), overflow(row));
          return "nan".equals(row.get("kind"))
              ? format(row).decode(code).isNan()
              : code == hex(row, "code_hex");
        };
    assertThat(GoldenRows.of(file)).isNotEmpty().allMatch(agrees);
  }
}
