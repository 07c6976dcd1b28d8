package macroscope.verify;

import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormats;

/**
 * One block of NVFP4 under a given scale of its tensor: its binary32 elements, and the block scale,
 * element codes and values that they become.
 */
final class Nvfp4Kind implements VectorKind {

  private static final int MOST_LANES = 1 << 16;

  @Override
  public String name() {
    return "block";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "format",
        "block",
        "tensor_scale_f32",
        "in_f32_hex",
        "scale_e4m3_hex",
        "elem_codes_hex",
        "out_f32_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    int lanes = row.integer("block", 1, MOST_LANES);
    BlockRow block = BlockRow.read(row, lanes);
    long scale = row.word("scale_e4m3_hex", 2);
    double tensorScale = row.doubles("tensor_scale_f32", 1)[0];
    if (!(tensorScale > 0 && tensorScale < Double.POSITIVE_INFINITY)) {
      throw row.wrong("tensor_scale_f32", "must be finite and above 0: " + tensorScale);
    }
    if (!row.text("format").equals("nvfp4")) {
      return Outcome.unknownFormat(row.text("format"));
    }
    if (!block.isFinite()) {
      return BlockRow.NOT_FINITE;
    }
    EncodedMatrix got =
        new Quantizer(TensorFormats.parse("nvfp4:block" + lanes), RoundingMode.TIES_TO_EVEN)
            .quantizeUnder(tensorScale, block.input(), 1, lanes);
    return Difference.ofCode("scale_e4m3_hex", scale, got.scaleCode(1, 0), 2)
        .or(() -> block.difference(got))
        .map(Outcome.class::cast)
        .orElseGet(Outcome.Passed::new);
  }
}
