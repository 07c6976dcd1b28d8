package macroscope.verify;

/**
 * One block of MX9, MX6 or MX4, whose pairs of elements share a one-bit exponent below the block's
 * (arXiv 2302.08007). Macroscope has no such level of scales.
 */
final class TwoLevelBlockKind implements VectorKind {

  @Override
  public String name() {
    return "block";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "format",
        "k1",
        "k2",
        "m",
        "rounding",
        "in_f32_hex",
        "shared_exp",
        "microexp_bits",
        "mantissas_dec",
        "out_f32_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    return Outcome.unknownFormat(row.text("format"));
  }
}
