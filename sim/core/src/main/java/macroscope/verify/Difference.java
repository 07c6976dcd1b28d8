package macroscope.verify;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;

/** What two values or lists differ in; of lists the first item, told by its position. */
final class Difference {

  private Difference() {}

  /** Of binary32 bits and other words of eight digits. */
  static Optional<Outcome.Failed> ofWords(String column, long[] expected, long[] got) {
    return of(column, expected, got, word -> Hex.of(word, 8));
  }

  /** Of codes spelled with {@code digits} digits. */
  static Optional<Outcome.Failed> ofCodes(String column, long[] expected, long[] got, int digits) {
    return of(column, expected, got, code -> Hex.of(code, digits));
  }

  /** Of integers. */
  static Optional<Outcome.Failed> ofIntegers(String column, long[] expected, long[] got) {
    return of(column, expected, got, Long::toString);
  }

  /** Of one code spelled with {@code digits} digits. */
  static Optional<Outcome.Failed> ofCode(String column, long expected, long got, int digits) {
    return expected == got
        ? Optional.empty()
        : Optional.of(new Outcome.Failed(column, Hex.of(expected, digits), Hex.of(got, digits)));
  }

  /** Of one integer. */
  static Optional<Outcome.Failed> ofInteger(String column, long expected, long got) {
    return expected == got
        ? Optional.empty()
        : Optional.of(new Outcome.Failed(column, String.valueOf(expected), String.valueOf(got)));
  }

  private static Optional<Outcome.Failed> of(
      String column, long[] expected, long[] got, LongFunction<String> spell) {
    int at = Arrays.mismatch(expected, got);
    if (at < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome.Failed(
            column + " item " + at,
            at < expected.length ? spell.apply(expected[at]) : "no item",
            at < got.length ? spell.apply(got[at]) : "no item"));
  }
}
