package macroscope.reference;

import java.util.List;
import java.util.Optional;
import macroscope.format.Value;

/** What IEEE 754 makes of a sum of products in which a NaN or an infinity occurs. */
final class SpecialTerms {

  private SpecialTerms() {}

  /** NaN or an infinity; empty if every product and the addend are finite. */
  static Optional<Value> sum(List<Value> a, List<Value> b, Value addend) {
    boolean nan = addend.isNan();
    boolean positive = addend.equals(Value.POSITIVE_INFINITY);
    boolean negative = addend.equals(Value.NEGATIVE_INFINITY);
    for (int k = 0; k < a.size(); k++) {
      Value x = a.get(k);
      Value y = b.get(k);
      boolean infinite = x.isInfinite() || y.isInfinite();
      nan |= x.isNan() || y.isNan() || (infinite && (x.isZero() || y.isZero()));
      positive |= infinite && x.negative() == y.negative();
      negative |= infinite && x.negative() != y.negative();
    }
    if (nan || (positive && negative)) {
      return Optional.of(Value.NAN);
    }
    if (positive) {
      return Optional.of(Value.POSITIVE_INFINITY);
    }
    return negative ? Optional.of(Value.NEGATIVE_INFINITY) : Optional.empty();
  }
}
