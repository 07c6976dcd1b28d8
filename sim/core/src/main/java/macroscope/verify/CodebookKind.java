package macroscope.verify;

import java.util.Optional;
import java.util.function.Function;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/** One entry of a named codebook: its index is the code, its value binary64 bits. */
final class CodebookKind implements VectorKind {

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
    long bits = row.word("value_hex", 16);
    int index = row.integer("index", 0, (1 << 16) - 1);
    String name = row.text("name");
    return formats
        .apply(name)
        .map(format -> replay(row, format, index, Double.longBitsToDouble(bits)))
        .orElseGet(() -> Outcome.unknownFormat(name));
  }

  private static Outcome replay(VectorRow row, NumberFormat format, int index, double expected) {
    if (index >>> format.bits() != 0) {
      throw row.wrong("index", "must fit in " + format.bits() + " bits: " + index);
    }
    Value value = format.decode(index);
    return value.equals(Value.of(expected))
        ? new Outcome.Passed()
        : new Outcome.Failed("value_hex", row.text("value_hex"), value.toString());
  }
}
