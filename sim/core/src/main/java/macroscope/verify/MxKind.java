package macroscope.verify;

import java.util.Optional;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;

/**
 * One block of an OCP MX format: its binary32 elements, and the shared scale, element codes and values
 * that they become. Zeros among the values count without sign; the codes carry it.
 */
final class MxKind implements VectorKind {

  private static final int MOST_LANES = 1 << 16;
  private static final int E8M0_BIAS = 127;

  @Override
  public String name() {
    return "block";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "format",
        "block",
        "rounding",
        "quirk",
        "shared_exp_unbiased",
        "scale_e8m0_hex",
        "in_f32_hex",
        "out_f32_hex",
        "elem_codes_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    int lanes = row.integer("block", 1, MOST_LANES);
    BlockRow block = BlockRow.read(row, lanes);
    var rounding = row.choice("rounding", Names.BLOCK_ROUNDINGS);
    int exponent = row.integer("shared_exp_unbiased", -E8M0_BIAS, E8M0_BIAS + 1);
    long scale = row.word("scale_e8m0_hex", 2);
    String format = row.text("format");
    Optional<TensorFormat> known = format(format, lanes);
    if (known.isEmpty()) {
      return Outcome.unknownFormat(format);
    }
    if (row.integer("quirk", 0, 1) != 0) {
      return new Outcome.Unsupported("quirks of microxcaling are not modelled");
    }
    if (!block.isFinite()) {
      return BlockRow.NOT_FINITE;
    }
    EncodedMatrix got = new Quantizer(known.get(), rounding).quantize(block.input(), 1, lanes);
    long gotScale = got.scaleCode(0, 0);
    return Difference.ofInteger("shared_exp_unbiased", exponent, gotScale - E8M0_BIAS)
        .or(() -> Difference.ofCode("scale_e8m0_hex", scale, gotScale, 2))
        .or(() -> block.difference(got))
        .map(Outcome.class::cast)
        .orElseGet(Outcome.Passed::new);
  }

  /** A block format that has one level of scales, as MX has. */
  private static Optional<TensorFormat> format(String name, int lanes) {
    try {
      return Optional.of(TensorFormats.parse(name + ":block" + lanes))
          .filter(format -> format.levels().size() == 1);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
