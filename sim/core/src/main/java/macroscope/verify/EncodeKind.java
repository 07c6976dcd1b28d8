package macroscope.verify;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import macroscope.format.NumberFormat;

/**
 * One binary64 number and its code under a rounding and an overflow rule. A row of kind {@code nan}
 * accepts any code that stands for NaN.
 */
final class EncodeKind implements VectorKind {

  private static final Set<String> KINDS = Set.of("num", "nan");

  private final Function<String, Optional<NumberFormat>> formats;

  EncodeKind(Function<String, Optional<NumberFormat>> formats) {
    this.formats = formats;
  }

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public Columns columns() {
    return Columns.of("format", "rounding", "saturate", "input_hex", "code_hex", "kind");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    Encoding encoding =
        new Encoding(
            row.choice("rounding", Names.ROUNDINGS), row.choice("saturate", Names.SATURATE));
    row.oneOf("kind", KINDS);
    return encoding.replay(row, formats, row.text("kind").equals("nan"));
  }
}
