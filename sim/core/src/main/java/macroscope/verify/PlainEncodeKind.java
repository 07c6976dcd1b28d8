package macroscope.verify;

import java.util.Optional;
import java.util.function.Function;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * One binary64 number and its code in a format that has one way to round (posits): to nearest, ties
 * to even, overflow by the format's own rule.
 */
final class PlainEncodeKind implements VectorKind {

  private static final Encoding ENCODING = new Encoding(RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);

  private final Function<String, Optional<NumberFormat>> formats;

  PlainEncodeKind(Function<String, Optional<NumberFormat>> formats) {
    this.formats = formats;
  }

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public Columns columns() {
    return Columns.of("format", "input_hex", "code_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    return ENCODING.replay(row, formats, false);
  }
}
