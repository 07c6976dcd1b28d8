package macroscope.unit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/**
 * Counts how many bits change in a unit from pass to pass: Hamming distances of successive words where
 * parts read their inputs. Words are those of the bit-accurate model: codes of the operands, exact
 * products, terms as they are aligned and truncated, accumulators after each pass.
 *
 * <p>Scales do not change codes and are left out. NaN and infinite operands count as zero. A unit whose
 * sum has another form inside than its result, or that applies scales itself, has the exact sum as its
 * accumulator word.
 */
public final class SwitchingActivity {

  /** Rows of each operand that are looked at, the first ones: enough for means within a percent. */
  public static final int ROWS = 8;

  /** Products of each result that are looked at, the first ones. */
  public static final int DEPTH = 1024;

  private static final long SEED = 2017;

  private final DotProductUnit<?> unit;
  private final NumberFormat a;
  private final NumberFormat b;
  private final Dyadic left;
  private final Dyadic right;
  private final TermWords terms;

  /**
   * @param a element format of the left operand
   * @param b element format of the right operand
   * @throws IllegalArgumentException if products of the formats have no words of bounded width
   */
  public SwitchingActivity(DotProductUnit<?> unit, NumberFormat a, NumberFormat b) {
    this.unit = unit;
    this.a = a;
    this.b = b;
    this.left = Dyadic.of(a);
    this.right = Dyadic.of(b);
    this.terms = TermWords.of(unit.spec(), a, b);
  }

  /** Toggles a pass on operands in an order of passes. */
  public Activity of(EncodedMatrix x, EncodedMatrix y, Stationary stays) {
    int depth = Math.min(DEPTH, x.columns());
    return count(codes(x, a, depth), codes(y, b, depth), stays);
  }

  /**
   * Toggles a pass on operands whose codes are random, each finite one as likely, and change with every
   * pass: what published energies of operations stand for.
   */
  public Activity ofRandomCodes(int depth) {
    Random random = new Random(SEED);
    return count(random(a, depth, random), random(b, depth, random), Stationary.SUM);
  }

  private static long[][] random(NumberFormat format, int depth, Random random) {
    long mask = format.bits() == Long.SIZE ? -1 : (1L << format.bits()) - 1;
    long[][] codes = new long[ROWS][depth];
    for (long[] row : codes) {
      for (int k = 0; k < depth; k++) {
        long code = random.nextLong() & mask;
        while (!format.isCode(code) || !format.decode(code).isFinite()) {
          code = random.nextLong() & mask;
        }
        row[k] = code;
      }
    }
    return codes;
  }

  private static long[][] codes(EncodedMatrix matrix, NumberFormat format, int depth) {
    long zero = zero(format);
    long[][] codes = new long[Math.min(ROWS, matrix.rows())][depth];
    for (int row = 0; row < codes.length; row++) {
      for (int k = 0; k < depth; k++) {
        long code = matrix.code(row, k);
        codes[row][k] = format.decode(code).isFinite() ? code : zero;
      }
    }
    return codes;
  }

  private static long zero(NumberFormat format) {
    return format.encode(Value.ZERO, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /** Counts over all passes of all results; the first pass has none before it. */
  private Activity count(long[][] x, long[][] y, Stationary stays) {
    int passes = (x[0].length + unit.length() - 1) / unit.length();
    BigInteger[][][] sums = sums(x, y, passes);
    Counters counters = new Counters(unit.length());
    List<int[]> steps = steps(x.length, y.length, passes, stays);
    for (int[] step : steps) {
      int pass = step[2];
      long before = pass == 0 ? 0 : codeOf(sums[step[0]][step[1]][pass - 1]);
      counters.next(
          lane(x[step[0]], pass, zero(a)),
          lane(y[step[1]], pass, zero(b)),
          before,
          sums[step[0]][step[1]][pass]);
    }
    return counters.mean(steps.size());
  }

  private long codeOf(BigInteger sum) {
    return internal() ? 0 : sum.longValue();
  }

  /** Whether accumulator words are exact sums and not codes of the result. */
  private boolean internal() {
    return unit.spec() instanceof KulischSpec
        || unit.spec() instanceof PipelinedSpec s && s.unit() instanceof KulischSpec
        || unit.partialSumBits() != unit.accumulatorFormat().bits()
        || unit.scaleSupport() != ScaleSupport.NONE;
  }

  private long[] lane(long[] row, int pass, long zero) {
    long[] codes = new long[unit.length()];
    Arrays.fill(codes, zero);
    int from = pass * unit.length();
    System.arraycopy(row, from, codes, 0, Math.min(unit.length(), row.length - from));
    return codes;
  }

  private static List<int[]> steps(int rows, int columns, int passes, Stationary stays) {
    int[] sizes =
        switch (stays) {
          case SUM -> new int[] {rows, columns, passes};
          case RIGHT -> new int[] {columns, passes, rows};
          case LEFT -> new int[] {rows, passes, columns};
        };
    List<int[]> steps = new ArrayList<>();
    for (int u = 0; u < sizes[0]; u++) {
      for (int v = 0; v < sizes[1]; v++) {
        for (int w = 0; w < sizes[2]; w++) {
          steps.add(
              switch (stays) {
                case SUM -> new int[] {u, v, w};
                case RIGHT -> new int[] {w, u, v};
                case LEFT -> new int[] {u, w, v};
              });
        }
      }
    }
    return steps;
  }

  /** Accumulator words by row, column and pass. */
  private BigInteger[][][] sums(long[][] x, long[][] y, int passes) {
    return internal() ? exactSums(x, y, passes) : computed(unit, x, y, passes);
  }

  private BigInteger[][][] exactSums(long[][] x, long[][] y, int passes) {
    TermWords exact = new TermWords.ExactWords(left, right);
    BigInteger[][][] sums = new BigInteger[x.length][y.length][passes];
    BigInteger[] words = new BigInteger[unit.length()];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        BigInteger sum = BigInteger.ZERO;
        for (int pass = 0; pass < passes; pass++) {
          exact.fill(lane(x[i], pass, zero(a)), lane(y[j], pass, zero(b)), 0, words);
          for (BigInteger word : words) {
            sum = sum.add(word);
          }
          sums[i][j][pass] = sum;
        }
      }
    }
    return sums;
  }

  private <P> BigInteger[][][] computed(
      DotProductUnit<P> datapath, long[][] x, long[][] y, int passes) {
    int depth = x[0].length;
    P preparedX = datapath.prepareA(matrix(a, x));
    P preparedY = datapath.prepareB(matrix(b, y));
    Accumulators c = Accumulators.zeros(datapath.accumulatorFormat(), x.length, y.length);
    BigInteger[][][] sums = new BigInteger[x.length][y.length][passes];
    for (int pass = 0; pass < passes; pass++) {
      int from = pass * datapath.length();
      datapath.gemm(preparedX, preparedY, from, Math.min(depth, from + datapath.length()), c);
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < y.length; j++) {
          sums[i][j][pass] = BigInteger.valueOf(c.codes()[i * y.length + j]);
        }
      }
    }
    return sums;
  }

  private static EncodedMatrix matrix(NumberFormat format, long[][] rows) {
    long[] codes = Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows.length, rows[0].length, codes, List.of());
  }

  /** The words of one unit as they follow each other. */
  private final class Counters {
    private final ToggleCounter[] operandsA;
    private final ToggleCounter[] operandsB;
    private final ToggleCounter[] products;
    private final ToggleCounter[] aligned;
    private final ToggleCounter sum;
    private final BigInteger[] words;

    Counters(int lanes) {
      operandsA = counters(lanes, a.bits());
      operandsB = counters(lanes, b.bits());
      products = counters(lanes, left.significandBits() + right.significandBits() + 1);
      aligned = counters(lanes, terms.bits());
      int range = new TermWords.ExactWords(left, right).bits() + Widths.ceilLog2(DEPTH);
      sum = new ToggleCounter(internal() ? range : unit.accumulatorFormat().bits());
      words = new BigInteger[lanes];
    }

    private static ToggleCounter[] counters(int lanes, int bits) {
      ToggleCounter[] counters = new ToggleCounter[lanes];
      Arrays.setAll(counters, i -> new ToggleCounter(bits));
      return counters;
    }

    void next(long[] x, long[] y, long before, BigInteger after) {
      terms.fill(x, y, before, words);
      for (int i = 0; i < x.length; i++) {
        operandsA[i].next(x[i]);
        operandsB[i].next(y[i]);
        products[i].next(product(x[i], y[i]));
        aligned[i].next(words[i]);
      }
      sum.next(after);
    }

    /** Two's complement of integers; of floats the magnitude below its sign. */
    private long product(long x, long y) {
      long product = Dyadic.significand(left.operand(x)) * Dyadic.significand(right.operand(y));
      boolean integers = a instanceof IntegerFormat && b instanceof IntegerFormat;
      int sign = left.significandBits() + right.significandBits();
      return integers || product >= 0 ? product : -product | 1L << Math.min(sign, Long.SIZE - 1);
    }

    Activity mean(int steps) {
      return Activity.ofCounts(
          steps, all(operandsA) + all(operandsB), all(products), all(aligned), sum.toggles());
    }

    private static long all(ToggleCounter[] counters) {
      return Arrays.stream(counters).mapToLong(ToggleCounter::toggles).sum();
    }
  }
}
