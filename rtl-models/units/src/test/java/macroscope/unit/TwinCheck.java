package macroscope.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.reference.ReferenceUnit;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/** Runs a unit and its twin on the same operands and lists where they differ. */
final class TwinCheck {

  private final DotProductUnit<?> unit;
  private final ReferenceUnit twin;
  private final NumberFormat a;
  private final NumberFormat b;
  private final Random random;

  TwinCheck(DotProductUnit<?> unit, ReferenceUnit twin, NumberFormat a, NumberFormat b, long seed) {
    this.unit = unit;
    this.twin = twin;
    this.a = a;
    this.b = b;
    this.random = new Random(seed);
  }

  /** How codes are drawn. */
  enum Draw {
    /** Every bit at random: specials and subnormals included. */
    RAW,
    /** Finite. */
    FINITE,
    /** Finite, exponents within a few of each other, many zeros: near-ties and cancellation. */
    CLOSE
  }

  static EncodedMatrix matrix(NumberFormat format, int rows, int columns, long[] codes) {
    return new EncodedMatrix(
        new TensorFormat(format.name(), format, List.of()), rows, columns, codes, List.of());
  }

  /** Differences on random operands, k = 0..depth-1 in calls that are cut at {@code cut}. */
  List<String> differences(Draw draw, int rows, int columns, int depth, int cut) {
    long[] x = codes(a, draw, rows * depth);
    long[] y = codes(b, draw, columns * depth);
    long[] c = codes(unit.accumulatorFormat(), draw, rows * columns);
    return differences(rows, columns, depth, cut, x, y, c);
  }

  List<String> differences(
      int rows, int columns, int depth, int cut, long[] x, long[] y, long[] c) {
    Accumulators sums = new Accumulators(unit.accumulatorFormat(), rows, columns, c.clone());
    run(unit, matrix(a, rows, depth, x), matrix(b, columns, depth, y), cut, sums);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        long expected = expected(x, i * depth, y, j * depth, depth, cut, c[i * columns + j]);
        long actual = sums.codes()[i * columns + j];
        if (actual != expected) {
          differences.add(
              i + "," + j + ": " + Long.toHexString(actual) + " not " + Long.toHexString(expected));
        }
      }
    }
    return differences;
  }

  private static <P> void run(
      DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b, int cut, Accumulators c) {
    P left = unit.prepareA(a);
    P right = unit.prepareB(b);
    for (int from = 0; from < a.columns(); from += cut) {
      unit.gemm(left, right, from, Math.min(from + cut, a.columns()), c);
    }
  }

  private long expected(long[] x, int fromX, long[] y, int fromY, int depth, int cut, long c) {
    long code = c;
    for (int k = 0; k < depth; k += cut) {
      int to = Math.min(k + cut, depth);
      code =
          twin.dot(
              Arrays.copyOfRange(x, fromX + k, fromX + to),
              Arrays.copyOfRange(y, fromY + k, fromY + to),
              code);
    }
    return code;
  }

  private long[] codes(NumberFormat format, Draw draw, int count) {
    long[] codes = new long[count];
    for (int i = 0; i < count; i++) {
      codes[i] = code(format, draw);
    }
    return codes;
  }

  private long code(NumberFormat format, Draw draw) {
    long raw = random.nextLong() >>> (Long.SIZE - format.bits());
    if (!format.isCode(raw)) {
      return code(format, draw);
    }
    if (format instanceof IntegerFormat f && f.symmetric() && f.integer(raw) < f.least()) {
      return code(format, draw);
    }
    if (draw == Draw.RAW) {
      return raw;
    }
    if (draw == Draw.CLOSE && random.nextInt(4) == 0) {
      return 0;
    }
    if (draw == Draw.CLOSE && format instanceof FloatFormat f && f.exponentBits() > 2) {
      raw = close(f, raw);
    }
    return format.decode(raw).isFinite() ? raw : code(format, draw);
  }

  /** The same code with an exponent next to that of 1. */
  private long close(FloatFormat format, long raw) {
    long mask = ((1L << format.exponentBits()) - 1) << format.fractionBits();
    long field = format.bias() - 2 + random.nextInt(4);
    return raw & ~mask | (field << format.fractionBits() & mask);
  }
}
