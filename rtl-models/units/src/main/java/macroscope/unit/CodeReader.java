package macroscope.unit;

import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import macroscope.format.NumberFormat;

/** Reads codes of one format as an operand of a unit; by table where codes are short. */
final class CodeReader {

  private static final int MOST_TABLE_BITS = 16;

  private final NumberFormat format;
  private final LongUnaryOperator operand;
  private final long[] table;
  private final boolean[] known;

  /**
   * @param operand what a finite code is read as
   */
  CodeReader(NumberFormat format, LongUnaryOperator operand) {
    this.format = format;
    this.operand = operand;
    int codes = format.bits() <= MOST_TABLE_BITS ? 1 << format.bits() : 0;
    this.table = new long[codes];
    this.known = new boolean[codes];
    for (int code = 0; code < codes; code++) {
      OptionalLong read = tryOperand(code);
      known[code] = read.isPresent();
      table[code] = read.orElse(0);
    }
  }

  /** Codes that the unit refuses are refused where they occur. */
  private OptionalLong tryOperand(long code) {
    try {
      return format.decode(code).isFinite()
          ? OptionalLong.of(operand.applyAsLong(code))
          : OptionalLong.empty();
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }

  NumberFormat format() {
    return format;
  }

  /** Whether a code is in the table: short, finite and not refused. */
  boolean isKnown(long code) {
    return code >= 0 && code < known.length && known[(int) code];
  }

  /**
   * What a code is read as; empty for NaN and infinity.
   *
   * @throws IllegalArgumentException if the format or the unit has no such code
   */
  OptionalLong read(long code) {
    if (isKnown(code)) {
      return OptionalLong.of(table[(int) code]);
    }
    return format.decode(code).isFinite()
        ? OptionalLong.of(operand.applyAsLong(code))
        : OptionalLong.empty();
  }
}
