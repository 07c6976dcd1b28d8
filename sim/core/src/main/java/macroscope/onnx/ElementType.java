package macroscope.onnx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Types of the elements of tensors, with their numbers in {@code TensorProto.DataType}. All are held as
 * doubles. FLOAT and DOUBLE keep double precision through a network; the others hold their own values.
 */
public enum ElementType {
  FLOAT(1, 32, Kind.REAL),
  UINT8(2, 8, Kind.UNSIGNED),
  INT8(3, 8, Kind.SIGNED),
  UINT16(4, 16, Kind.UNSIGNED),
  INT16(5, 16, Kind.SIGNED),
  INT32(6, 32, Kind.SIGNED),
  INT64(7, 64, Kind.SIGNED),
  BOOL(9, 8, Kind.BOOLEAN),
  FLOAT16(10, 16, Kind.REAL),
  DOUBLE(11, 64, Kind.REAL),
  UINT32(12, 32, Kind.UNSIGNED),
  UINT64(13, 64, Kind.UNSIGNED),
  BFLOAT16(16, 16, Kind.REAL),
  FLOAT8E4M3FN(17, 8, Kind.REAL),
  FLOAT8E5M2(19, 8, Kind.REAL),
  UINT4(21, 4, Kind.UNSIGNED),
  INT4(22, 4, Kind.SIGNED);

  private enum Kind {
    REAL,
    SIGNED,
    UNSIGNED,
    BOOLEAN
  }

  private final int number;
  private final int bits;
  private final Kind kind;

  ElementType(int number, int bits, Kind kind) {
    this.number = number;
    this.bits = bits;
    this.kind = kind;
  }

  /** The type of a number of {@code TensorProto.DataType}. */
  public static Optional<ElementType> byNumber(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** The names, for a message. */
  static String names() {
    return String.join(", ", Arrays.stream(values()).map(Enum::name).toList());
  }

  /** Bits of an element in a file. */
  public int bits() {
    return bits;
  }

  /** Whether elements are integers; booleans are not. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /** Whether elements are integers with a sign. */
  public boolean isSigned() {
    return kind == Kind.SIGNED;
  }

  /** Smallest integer of the type. */
  public double least() {
    return isSigned() ? -Math.scalb(1.0, bits - 1) : 0;
  }

  /** Largest integer of the type. */
  public double most() {
    return Math.scalb(1.0, isSigned() ? bits - 1 : bits) - 1;
  }

  /** The format that reals narrower than 32 bits are rounded to. */
  Optional<FloatFormat> format() {
    return switch (this) {
      case FLOAT16 -> Optional.of(Formats.BINARY16);
      case BFLOAT16 -> Optional.of(Formats.BFLOAT16);
      case FLOAT8E4M3FN -> Optional.of(Formats.E4M3FN);
      case FLOAT8E5M2 -> Optional.of(Formats.E5M2);
      default -> Optional.empty();
    };
  }

  /**
   * What Cast makes of a number: integers by truncation, wrapped to their width; narrow floats rounded
   * to nearest even, those of 8 bits saturating; FLOAT and DOUBLE as they are.
   */
  double converted(double x) {
    if (kind == Kind.BOOLEAN) {
      return x != 0 ? 1 : 0;
    }
    if (isInteger()) {
      return wrapped(x < 0 ? Math.ceil(x) : Math.floor(x));
    }
    return rounded(x);
  }

  /** A real rounded to nearest even where the type is narrower than 32 bits. */
  double rounded(double x) {
    Overflow overflow = bits == 8 ? Overflow.SATURATE : Overflow.NATIVE;
    return format()
        .map(f -> f.decodeDouble(f.encodeDouble(x, RoundingMode.TIES_TO_EVEN, overflow)))
        .orElse(x);
  }

  /** An integer taken modulo the type's width. */
  double wrapped(double integer) {
    if (bits == 64 || integer >= least() && integer <= most()) {
      return integer;
    }
    double modulus = Math.scalb(1.0, bits);
    double rest = integer - Math.floor(integer / modulus) * modulus;
    return isSigned() && rest > most() ? rest - modulus : rest;
  }

  /** As messages name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
