package macroscope.verify;

import java.util.Optional;
import java.util.function.Function;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.Rounding;
import macroscope.format.Value;

/**
 * One way to bring a number to a code; a row must agree with both {@link NumberFormat#encode} and
 * {@link NumberFormat#encodeDouble}.
 */
record Encoding(Rounding rounding, Overflow overflow) {

  /**
   * Replays the columns {@code format}, {@code input_hex} and {@code code_hex}.
   *
   * @param anyNan whether every code of a NaN will do
   */
  Outcome replay(VectorRow row, Function<String, Optional<NumberFormat>> formats, boolean anyNan) {
    row.word("input_hex", 16);
    row.code("code_hex", 64);
    return formats
        .apply(row.text("format"))
        .map(format -> replay(row, format, anyNan))
        .orElseGet(() -> Outcome.unknownFormat(row.text("format")));
  }

  private Outcome replay(VectorRow row, NumberFormat format, boolean anyNan) {
    double input = Double.longBitsToDouble(row.word("input_hex", 16));
    long expected = row.code("code_hex", format.bits());
    try {
      long exact = format.encode(Value.of(input), rounding, overflow);
      long fast = format.encodeDouble(input, rounding, overflow);
      return agrees(format, expected, exact, anyNan)
          ? judge(row, format, expected, fast, anyNan)
          : judge(row, format, expected, exact, anyNan);
    } catch (IllegalArgumentException e) {
      return new Outcome.Failed("code_hex", row.text("code_hex"), "refused: " + e.getMessage());
    }
  }

  private static Outcome judge(
      VectorRow row, NumberFormat format, long expected, long code, boolean anyNan) {
    String text = row.text("code_hex");
    return agrees(format, expected, code, anyNan)
        ? new Outcome.Passed()
        : new Outcome.Failed("code_hex", text, Hex.of(code, text.length()));
  }

  private static boolean agrees(NumberFormat format, long expected, long code, boolean anyNan) {
    return code == expected || (anyNan && format.decode(code).isNan());
  }
}
