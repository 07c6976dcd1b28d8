package macroscope.rtl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/** Codes at the ends of a format's ranges, where datapaths go wrong. */
final class EdgeCodes {

  private EdgeCodes() {}

  /** Ends of ranges, both signs, special values included. */
  static List<Long> of(NumberFormat format) {
    if (format instanceof FloatFormat floating) {
      return ofFloats(floating);
    }
    if (format instanceof IntegerFormat integer) {
      return ofIntegers(integer);
    }
    return ofOthers(format);
  }

  /** The codes around every quarter of all. */
  private static List<Long> ofOthers(NumberFormat format) {
    long count = 1L << format.bits();
    return LongStream.rangeClosed(0, 4)
        .flatMap(i -> LongStream.rangeClosed(-2, 1).map(near -> i * count / 4 + near))
        .filter(code -> code >= 0 && code < count && format.isCode(code))
        .distinct()
        .boxed()
        .toList();
  }

  private static List<Long> ofIntegers(IntegerFormat format) {
    long mask = (1L << format.bits()) - 1;
    return LongStream.of(0, 1, -1, format.least(), format.least() + 1, format.most())
        .filter(x -> x >= format.least() && x <= format.most())
        .map(x -> x & mask)
        .distinct()
        .boxed()
        .toList();
  }

  private static List<Long> ofFloats(FloatFormat format) {
    int m = format.fractionBits();
    long largest = format.maxFiniteCode();
    long one = format.encode(Value.of(1, 0), RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    Set<Long> magnitudes = new LinkedHashSet<>();
    LongStream.of(0, 1, (1L << m) - 1, 1L << m, one, largest - 1, largest, largest + 1)
        .filter(x -> x >= 0 && x >>> (format.exponentBits() + m) == 0)
        .forEach(magnitudes::add);
    magnitudes.add((1L << (format.exponentBits() + m)) - 1);
    long sign = format.signed() ? 1L << (format.exponentBits() + m) : 0;
    return magnitudes.stream().flatMap(x -> LongStream.of(x, sign | x).boxed()).distinct().toList();
  }
}
