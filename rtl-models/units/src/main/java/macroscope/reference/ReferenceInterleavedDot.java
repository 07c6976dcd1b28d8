package macroscope.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.InterleavedDotSpec;

/** Two fused dot products of binary16 operands and an addition, on exact values. */
public final class ReferenceInterleavedDot implements ReferenceUnit {

  private final InterleavedDotSpec spec;
  private final ReferenceFusedDot dot;

  public ReferenceInterleavedDot(InterleavedDotSpec spec) {
    this.spec = spec;
    this.dot =
        new ReferenceFusedDot(
            new FusedDotSpec(
                spec.name(),
                Formats.BINARY16,
                Formats.BINARY16,
                spec.accumulator(),
                spec.length() / 2,
                spec.length() / 2,
                spec.keptFractionBits(),
                spec.partialRounding(),
                spec.accumulator().fractionBits()));
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    long sum = c;
    for (int from = 0; from < a.length; from += spec.length()) {
      long half = dot.dot(half(spec.a(), a, from, 0), half(spec.b(), b, from, 0), 0);
      half = dot.dot(half(spec.a(), a, from, 2), half(spec.b(), b, from, 2), half);
      sum = add(sum, half);
    }
    return sum;
  }

  /** Binary16 codes of those k of a pass of which bit 1 is that of {@code phase}. */
  private long[] half(FloatFormat format, long[] codes, int from, int phase) {
    long[] pass = Arrays.copyOfRange(codes, from, from + spec.length());
    return IntStream.range(0, spec.length())
        .filter(k -> (k & 2) == phase)
        .mapToLong(k -> encode(Formats.BINARY16, format.decode(pass[k])))
        .toArray();
  }

  private long add(long x, long y) {
    FloatFormat format = spec.accumulator();
    Value a = format.decode(x);
    Value b = format.decode(y);
    Value one = Value.of(1, 0);
    Optional<Value> special = SpecialTerms.sum(List.of(b), List.of(one), a);
    if (special.isPresent()) {
      boolean nan = special.get().isNan();
      return nan ? (1L << (format.bits() - 1)) - 1 : encode(format, special.get());
    }
    boolean negativeZero = a.equals(Value.NEGATIVE_ZERO) && b.equals(Value.NEGATIVE_ZERO);
    return encode(format, negativeZero ? a : ExactArithmetic.sum(a, b));
  }

  private static long encode(FloatFormat format, Value value) {
    return format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
