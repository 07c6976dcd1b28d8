package macroscope.verify;

import java.util.Optional;
import java.util.function.Function;
import macroscope.format.NumberFormat;
import macroscope.format.StochasticRounding;

/** One binary64 number and its code under a stochastic rounding whose random bits are given. */
final class StochasticEncodeKind implements VectorKind {

  private final Function<String, Optional<NumberFormat>> formats;

  StochasticEncodeKind(Function<String, Optional<NumberFormat>> formats) {
    this.formats = formats;
  }

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "format", "rounding", "saturate", "input_hex", "srnumbits", "srbits", "code_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    int bits = row.integer("srnumbits", 1, 30);
    int random = row.integer("srbits", 0, (1 << bits) - 1);
    StochasticRounding rounding =
        new StochasticRounding(row.choice("rounding", Names.STOCHASTIC), bits, random);
    return new Encoding(rounding, row.choice("saturate", Names.SATURATE))
        .replay(row, formats, false);
  }
}
