package macroscope.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import macroscope.format.CodebookFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * One entry of a named codebook: its place among the format's values in ascending order and the value
 * as binary64 bits.
 */
final class CodebookKind implements VectorKind {

  private static final int MOST_BITS = 8;

  /** Files tell where a table is from. */
  private static final Map<String, String> CANONICAL = Map.of("nf4_qlora", "nf4", "sf4_nu5", "sf4");

  private final Function<String, Optional<NumberFormat>> formats;

  CodebookKind(Function<String, Optional<NumberFormat>> formats) {
    this.formats = formats;
  }

  @Override
  public String name() {
    return "codebooks";
  }

  @Override
  public Columns columns() {
    return Columns.of("name", "index", "value_hex").with("value", "source").endingInText();
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    double expected = Double.longBitsToDouble(row.word("value_hex", 16));
    int index = row.integer("index", 0, (1 << MOST_BITS) - 1);
    String name = row.text("name");
    return formats
        .apply(CANONICAL.getOrDefault(name, name))
        .filter(format -> format.bits() <= MOST_BITS)
        .map(format -> replay(row, values(format), index, expected))
        .orElseGet(() -> Outcome.unknownFormat(name));
  }

  private static Outcome replay(VectorRow row, List<Double> values, int index, double expected) {
    if (index >= values.size()) {
      return new Outcome.Failed("index", String.valueOf(index), values.size() + " values");
    }
    return values.get(index).equals(expected)
        ? new Outcome.Passed()
        : new Outcome.Failed("value_hex", row.text("value_hex"), Hex.of(values.get(index)));
  }

  private static List<Double> values(NumberFormat format) {
    if (format instanceof CodebookFormat codebook) {
      return codebook.values();
    }
    return LongStream.range(0, 1L << format.bits())
        .filter(format::isCode)
        .filter(code -> isUsed(format, code))
        .mapToObj(format::decodeDouble)
        .sorted()
        .toList();
  }

  /** Whether encoding gives the code: not that of a NaN, of -0, or one that symmetry leaves out. */
  private static boolean isUsed(NumberFormat format, long code) {
    double value = format.decodeDouble(code);
    return Double.isFinite(value)
        && format.encodeDouble(value + 0.0, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE) == code;
  }
}
