package macroscope.verify;

/**
 * One matrix-vector product of bitnet.cpp's TL1 and TL2 kernels, which look sums of two and three
 * ternary weights up. Macroscope has no model of these kernels.
 */
final class BitnetKind implements VectorKind {

  @Override
  public String name() {
    return "lut";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "id",
        "M",
        "K",
        "weights_ternary",
        "w_scale_hex",
        "activations",
        "act_scale_hex",
        "act_int8",
        "tl1_index",
        "tl2_index",
        "tl2_sign",
        "dot_int",
        "output_fp32_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    return new Outcome.Unsupported("bitnet.cpp's kernels TL1 and TL2 are not modelled");
  }
}
