package macroscope.unit;

import macroscope.format.LogarithmicFormat;
import macroscope.format.Logarithms;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A unit in the logarithmic number system, k ascending, each product added to the sum by table. What is
 * larger than the largest number becomes it, what is smaller than the least becomes zero; the
 * difference of equal numbers is zero. NaN stays NaN.
 */
public final class LogarithmicSumUnit implements DotProductUnit<MacOperand> {

  private static final int TAG_BITS = 2;
  private static final long NEGATIVE = 2;
  private static final long NOT_ZERO = 1;

  private final LogarithmicSumSpec spec;
  private final CodeReader readerA;
  private final CodeReader readerB;
  private final long[] sums;
  private final long[] differences;

  public LogarithmicSumUnit(LogarithmicSumSpec spec) {
    this.spec = spec;
    this.readerA = new CodeReader(spec.a(), code -> operand(spec.a(), code));
    this.readerB = new CodeReader(spec.b(), code -> operand(spec.b(), code));
    int fraction = spec.accumulator().fractionBits();
    this.sums = Logarithms.gaussian(false, fraction, spec.cutBits());
    this.differences = Logarithms.gaussian(true, fraction, spec.cutBits());
  }

  /** The logarithm with the accumulator's fraction, above sign and zero flag. */
  private long operand(LogarithmicFormat format, long code) {
    if (format.isZero(code)) {
      return 0;
    }
    int up = spec.accumulator().fractionBits() - format.fractionBits();
    long logarithm = format.logarithm(code) << up;
    return logarithm << TAG_BITS | (format.isNegative(code) ? NEGATIVE : 0) | NOT_ZERO;
  }

  @Override
  public LogarithmicSumSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.accumulator();
  }

  @Override
  public MacOperand prepareA(EncodedMatrix a) {
    return MacOperand.left(readerA, a);
  }

  @Override
  public MacOperand prepareB(EncodedMatrix b) {
    return MacOperand.right(readerB, b);
  }

  @Override
  public void gemm(MacOperand a, MacOperand b, int fromK, int toK, Accumulators c) {
    c.requireShape(spec.accumulator(), a.shape(), b.shape(), fromK, toK);
    for (int block = 0; block < b.shape().blocks(); block++) {
      for (int i = 0; i < c.rows(); i++) {
        add(a, i, b, block, fromK, toK, c);
      }
    }
  }

  private void add(MacOperand a, int i, MacOperand b, int block, int from, int to, Accumulators c) {
    LogarithmicFormat format = spec.accumulator();
    int first = b.shape().from(block);
    int at = i * c.columns() + first;
    long[] results = new long[b.shape().width(block)];
    boolean[] nan = new boolean[results.length];
    for (int j = 0; j < results.length; j++) {
      nan[j] = format.isNan(c.codes()[at + j]);
      results[j] = nan[j] ? 0 : operand(format, c.codes()[at + j]);
    }
    for (int k = from; k < to; k++) {
      long x = a.row(i)[k];
      long[] y = b.columns(block, k);
      for (int j = 0; x != 0 && j < results.length; j++) {
        results[j] = sum(results[j], product(x, y[j]));
      }
    }
    for (int j = 0; j < results.length; j++) {
      nan[j] |= MacOperand.ofProducts(a, i, b, first + j, from, to) != Extreme.NONE;
      c.codes()[at + j] = nan[j] ? format.nanCode() : code(format, results[j]);
    }
  }

  private static long code(LogarithmicFormat format, long x) {
    return x == 0 ? format.zeroCode() : format.code((x & NEGATIVE) != 0, x >> TAG_BITS);
  }

  private long product(long x, long y) {
    if (y == 0) {
      return 0;
    }
    return fitted((x >> TAG_BITS) + (y >> TAG_BITS), (x ^ y) & NEGATIVE);
  }

  private long fitted(long logarithm, long sign) {
    int most = spec.accumulator().mostLogarithm();
    return logarithm < -most ? 0 : Math.min(most, logarithm) << TAG_BITS | sign | NOT_ZERO;
  }

  private long sum(long x, long y) {
    if (x == 0 || y == 0) {
      return x | y;
    }
    long difference = (x >> TAG_BITS) - (y >> TAG_BITS);
    long larger = difference >= 0 ? x : y;
    boolean subtracts = ((x ^ y) & NEGATIVE) != 0;
    if (subtracts && difference == 0) {
      return 0;
    }
    long[] table = subtracts ? differences : sums;
    long index = Math.abs(difference) >> spec.cutBits();
    long entry = index < table.length ? table[(int) index] : 0;
    return fitted((larger >> TAG_BITS) + entry, larger & NEGATIVE);
  }

  @Override
  public Pipeline pipeline() {
    return LogarithmicSumHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return LogarithmicSumHardware.inventory(spec, sums, differences);
  }
}
