package macroscope.unit;

import java.util.Arrays;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Value.Kind;
import macroscope.tensor.EncodedMatrix;

/**
 * A float operand as a fused dot product reads it: a plane of signed significands and one of
 * exponents, un-normalised (a subnormal keeps the least exponent), a zero with significand 0 and
 * exponent -126. NaN and infinities are zeros here; rows that hold one are marked.
 *
 * <p>A finite element is {@code significand * 2^(exponent - fractionBits)} of its format. tf32 codes
 * have 19 bits; callers that hold 32-bit registers drop the low 13 bits, as the unit's input does.
 */
public final class SignificandPlanes {

  private final CodeRows rows;
  private final Layout layout;
  private final int[] significands;
  private final int[] exponents;
  private final Optional<ShortPlanes> shorts;
  private final Optional<RealPlanes> reals;

  /** What planes there are beside those in 32 bits. */
  public enum Form {
    INTS,
    /** The same in 16 bits, of a right operand. */
    SHORTS,
    /** Numbers of binary64. */
    REALS
  }

  /** What is added to the exponent of an element. */
  interface Offsets {
    Offsets NONE = (row, k) -> 0;

    int exponent(int row, int k);
  }

  private SignificandPlanes(
      FloatFormat format, EncodedMatrix matrix, Layout layout, Offsets offsets, Form form) {
    this.rows = new CodeRows(format, matrix);
    this.layout = layout;
    this.significands = new int[layout.size()];
    this.exponents = new int[layout.size()];
    Arrays.fill(exponents, FloatFields.ZERO_EXPONENT);
    FloatFields fields = rows.fields();
    for (int row = 0; row < layout.rows(); row++) {
      for (int k = 0; k < layout.depth(); k++) {
        long code = rows.code(row, k);
        int at = layout.index(row, k);
        if (fields.kind(code) == Kind.FINITE) {
          significands[at] = Math.toIntExact(fields.significand(code));
          exponents[at] = fields.exponent(code);
        }
        exponents[at] += offsets.exponent(row, k);
      }
    }
    this.shorts =
        form == Form.SHORTS
            ? Optional.of(ShortPlanes.of(significands, exponents))
            : Optional.empty();
    this.reals =
        form == Form.REALS
            ? Optional.of(RealPlanes.of(layout, significands, exponents, format.fractionBits()))
            : Optional.empty();
  }

  static SignificandPlanes left(FloatFormat format, EncodedMatrix matrix) {
    return left(format, matrix, Offsets.NONE, Form.INTS);
  }

  /** A left operand whose elements are scaled by powers of two. */
  static SignificandPlanes left(
      FloatFormat format, EncodedMatrix matrix, Offsets offsets, Form form) {
    Layout layout = Layout.rowMajor(matrix.rows(), matrix.columns());
    Form own = form == Form.SHORTS ? Form.INTS : form;
    return new SignificandPlanes(format, matrix, layout, offsets, own);
  }

  static SignificandPlanes right(FloatFormat format, EncodedMatrix matrix) {
    return right(format, matrix, Offsets.NONE, Form.INTS);
  }

  /** A right operand whose elements are scaled by powers of two. */
  static SignificandPlanes right(
      FloatFormat format, EncodedMatrix matrix, Offsets offsets, Form form) {
    Layout layout = Layout.depthMajor(matrix.rows(), matrix.columns());
    return new SignificandPlanes(format, matrix, layout, offsets, form);
  }

  /** Where elements lie in both planes. */
  public Layout layout() {
    return layout;
  }

  /** Signed significands; shared, not to be modified. */
  public int[] significands() {
    return significands;
  }

  /** Exponents; shared, not to be modified. */
  public int[] exponents() {
    return exponents;
  }

  /** The same planes in 16 bits, if they were asked for. */
  public Optional<ShortPlanes> shorts() {
    return shorts;
  }

  /** The operand as numbers, if they were asked for. */
  public Optional<RealPlanes> reals() {
    return reals;
  }

  CodeRows codes() {
    return rows;
  }
}
