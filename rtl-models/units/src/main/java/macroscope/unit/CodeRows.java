package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Value.Kind;
import macroscope.tensor.EncodedMatrix;

/**
 * The codes of a float operand and which of its rows hold NaN or infinity: what units fall back to
 * where planes of numbers do not suffice.
 */
final class CodeRows {

  private final EncodedMatrix matrix;
  private final FloatFields fields;
  private final boolean[] special;

  /**
   * @throws IllegalArgumentException if the elements of {@code matrix} are not of {@code format} or a
   *     code has bits above it
   */
  CodeRows(FloatFormat format, EncodedMatrix matrix) {
    requireCodes(format, matrix);
    this.matrix = matrix;
    this.fields = new FloatFields(format);
    this.special = new boolean[matrix.rows()];
    for (int row = 0, at = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k++, at++) {
        long code = matrix.codes()[at];
        special[row] |= fields.kind(code) != Kind.FINITE;
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the elements of {@code matrix} are not of {@code format} or a
   *     code has bits above it
   */
  static void requireCodes(FloatFormat format, EncodedMatrix matrix) {
    OperandFormats.require(format, matrix.format().element());
    for (long code : matrix.codes()) {
      if (format.bits() < Long.SIZE && code >>> format.bits() != 0) {
        throw new IllegalArgumentException(
            "a code of "
                + format.name()
                + " has "
                + format.bits()
                + " bits: 0x"
                + Long.toHexString(code));
      }
    }
  }

  OperandShape shape() {
    return new OperandShape(matrix.rows(), matrix.columns());
  }

  FloatFields fields() {
    return fields;
  }

  long code(int row, int k) {
    return matrix.code(row, k);
  }

  /** Whether the row holds a NaN or an infinity. */
  boolean special(int row) {
    return special[row];
  }

  /** What NaN and infinite operands make of the products k = from..to-1 of two rows. */
  static Extreme ofProducts(CodeRows a, int i, CodeRows b, int j, int from, int to) {
    Extreme extreme = Extreme.NONE;
    if (a.special(i) || b.special(j)) {
      for (int k = from; k < to; k++) {
        extreme = extreme.plus(ofProduct(a.fields, a.code(i, k), b.fields, b.code(j, k)));
      }
    }
    return extreme;
  }

  /** What a product is if an operand is NaN or infinite. */
  static Extreme ofProduct(FloatFields a, long x, FloatFields b, long y) {
    Kind kindX = a.kind(x);
    Kind kindY = b.kind(y);
    if (kindX == Kind.FINITE && kindY == Kind.FINITE) {
      return Extreme.NONE;
    }
    boolean nan = kindX == Kind.NAN || kindY == Kind.NAN || a.zero(x) || b.zero(y);
    return nan ? Extreme.NAN : Extreme.infinity(a.negative(x) != b.negative(y));
  }
}
