package macroscope.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Sharing;
import macroscope.unit.BitSerialSpec;
import macroscope.unit.BitSerialSpec.Digits;

/**
 * The readable twin of the bit-serial dot product: no tables and no planes in memory. Sums of integers
 * are sums of products in unlimited integers; where sums are rounded, every digit of every weight is
 * worked out where it is used. Finite operands only.
 */
public final class ReferenceBitSerial implements ReferenceUnit {

  private final BitSerialSpec spec;
  private final RoundedArithmetic single = new RoundedArithmetic(Formats.BINARY32);
  private final RoundedArithmetic sums;
  private final int inputs;

  public ReferenceBitSerial(BitSerialSpec spec) {
    this.spec = spec;
    inputs = spec.table().inputs();
    sums =
        new RoundedArithmetic(spec.accumulator() instanceof FloatFormat f ? f : Formats.BINARY32);
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    if (spec.integers()) {
      BigInteger sum = exact(values(spec.a(), a), values(spec.b(), b)).add(BigInteger.valueOf(c));
      return sum.mod(BigInteger.ONE.shiftLeft(spec.accumulator().bits())).longValueExact();
    }
    double sum = spec.accumulator().decodeDouble(c);
    if (spec.alignment().keptFractionBits().isPresent()) {
      return sums.code(aligned(a, b, sum));
    }
    boolean left = spec.tabled() == Sharing.Operand.LEFT;
    double[] x = decoded(spec.tabledFormat(), left ? a : b);
    return sums.code(rounded(x, left ? b : a, sum));
  }

  static List<Value> values(NumberFormat format, long[] codes) {
    return Arrays.stream(codes).mapToObj(format::decode).toList();
  }

  private static double[] decoded(NumberFormat format, long[] codes) {
    return Arrays.stream(codes).mapToDouble(format::decodeDouble).toArray();
  }

  private static BigInteger integer(Value value) {
    BigInteger magnitude =
        value.exponent() >= 0
            ? value.significand().shiftLeft(value.exponent())
            : value.significand().shiftRight(-value.exponent());
    return value.negative() ? magnitude.negate() : magnitude;
  }

  static BigInteger exact(List<Value> x, List<Value> y) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = 0; k < x.size(); k++) {
      sum = sum.add(integer(x.get(k)).multiply(integer(y.get(k))));
    }
    return sum;
  }

  /** Groups of one exponent: cut, summed exactly, rounded, added. */
  private double aligned(long[] a, long[] b, double before) {
    int group = spec.alignment().inputs() == 0 ? a.length : spec.alignment().inputs();
    double sum = before;
    for (int from = 0; from < a.length; from += group) {
      int to = Math.min(from + group, a.length);
      List<Value> x = values(spec.a(), Arrays.copyOfRange(a, from, to));
      List<Value> y = values(spec.b(), Arrays.copyOfRange(b, from, to));
      int unit = largestExponent(x) - spec.alignment().keptFractionBits().orElseThrow();
      List<Value> cut = x.stream().map(v -> scaled(v, -unit)).toList();
      double dot = sums.round(exact(cut, y).doubleValue());
      sum = sums.add(sum, sums.round(Math.scalb(dot, unit)));
    }
    return sum;
  }

  static int largestExponent(List<Value> values) {
    return values.stream()
        .filter(v -> !v.isZero())
        .mapToInt(v -> v.exponent() + v.significand().bitLength() - 1)
        .max()
        .orElse(0);
  }

  static Value scaled(Value value, int exponent) {
    return value.isZero()
        ? value
        : Value.finite(value.negative(), value.significand(), value.exponent() + exponent);
  }

  /** Pass after pass, the last padded with +0 and codes whose digits are all the smaller one. */
  private double rounded(double[] x, long[] weights, double before) {
    double sum = before;
    for (int from = 0; from < x.length; from += spec.length()) {
      double[] part = new double[spec.length()];
      int[][] digits = new int[spec.length()][];
      for (int k = 0; k < spec.length(); k++) {
        boolean inside = from + k < x.length;
        part[k] = inside ? x[from + k] : 0;
        digits[k] = inside ? digits(weights[from + k]) : smallest();
      }
      sum =
          spec.entries() instanceof BitSerialSpec.Rounded r
              ? pass(part, digits, new RoundedArithmetic(r.format()), sum)
              : pass(part, digits, (BitSerialSpec.Quantized) spec.entries(), sum);
    }
    return sum;
  }

  private boolean signed() {
    return spec.table().digits() == Digits.SIGNED;
  }

  private int[] smallest() {
    int[] digits = new int[spec.planes()];
    Arrays.fill(digits, signed() ? -1 : 0);
    return digits;
  }

  /** Digits of a code, the least plane first; those of an integer are of w + 2^(bits-1) if signed. */
  private int[] digits(long code) {
    boolean flips = signed() && spec.serialFormat() instanceof IntegerFormat;
    int[] digits = new int[spec.planes()];
    for (int j = 0; j < digits.length; j++) {
      boolean set = (code >> j & 1) != 0;
      boolean one = flips && j == digits.length - 1 ? !set : set;
      digits[j] = one ? 1 : signed() ? -1 : 0;
    }
    return digits;
  }

  /** Weight of a plane. */
  private double weight(int plane) {
    boolean halves = signed() && spec.serialFormat() instanceof IntegerFormat;
    boolean negative = !signed() && plane == spec.planes() - 1;
    return (negative ? -1 : 1) * Math.scalb(1.0, halves ? plane - 1 : plane);
  }

  /** What half of the sum of x is missing of signed digits of an integer. */
  private boolean offset() {
    return signed() && spec.serialFormat() instanceof IntegerFormat;
  }

  private double pass(double[] x, int[][] digits, RoundedArithmetic entry, double before) {
    double sum = before;
    for (int plane = 0; plane < spec.planes(); plane++) {
      double term = sums.multiply(weight(plane), tree(entries(x, digits, plane, entry)));
      sum = sums.add(sum, term);
    }
    if (offset()) {
      double all = tree(entries(x, ones(), 0, entry));
      sum = sums.add(sum, sums.multiply(-0.5, all));
    }
    return sum;
  }

  private int[][] ones() {
    int[][] ones = new int[spec.length()][1];
    Arrays.stream(ones).forEach(one -> one[0] = 1);
    return ones;
  }

  /** What the lookups of a plane give: sums of {@code inputs} signed or chosen numbers, in order. */
  private List<Double> entries(
      double[] x, int[][] digits, int plane, RoundedArithmetic arithmetic) {
    List<Double> entries = new ArrayList<>();
    for (int from = 0; from < x.length; from += inputs) {
      double sum = 0;
      boolean first = true;
      for (int k = from; k < from + inputs; k++) {
        double number = arithmetic.round(x[k]);
        int digit = digits[k][plane];
        if (digit != 0) {
          double term = digit < 0 ? -number : number;
          sum = first && (signed() || k == from) ? term : arithmetic.add(sum, term);
        }
        first = false;
      }
      entries.add(sum);
    }
    return entries;
  }

  /** Neighbours added in pairs, pairs of pairs, and so on. */
  private double tree(List<Double> terms) {
    List<Double> level = terms.stream().map(sums::round).toList();
    while (level.size() > 1) {
      List<Double> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        next.add(sums.add(level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 != 0) {
        next.add(level.get(level.size() - 1));
      }
      level = next;
    }
    return level.get(0);
  }

  private double pass(double[] x, int[][] digits, BitSerialSpec.Quantized q, double before) {
    int share = q.tablesPerScale() * inputs;
    double sum = before;
    for (int from = 0; from < x.length; from += share) {
      double[] part = Arrays.copyOfRange(x, from, from + share);
      double scale = single.divide(largest(part), (1 << (q.bits() - 1)) - 1);
      double integers = 0;
      for (int plane = 0; plane < spec.planes(); plane++) {
        int[][] own = Arrays.copyOfRange(digits, from, from + share);
        for (double entry : entries(part, own, plane, single)) {
          integers += weight(plane) * quantized(entry, scale, q.bits());
        }
      }
      sum = single.fma(single.round(2 * integers) / 2, scale, sum);
    }
    return offset() ? single.fma(-0.5, tree(entries(x, ones(), 0, single)), sum) : sum;
  }

  /** The largest magnitude of any sum that could be looked up. */
  private double largest(double[] x) {
    double largest = 0;
    for (int pattern = 0; pattern < 1 << inputs; pattern++) {
      int[][] digits = new int[x.length][1];
      for (int k = 0; k < x.length; k++) {
        boolean set = (pattern >> k % inputs & 1) != 0;
        digits[k][0] = set ? 1 : signed() ? -1 : 0;
      }
      for (double entry : entries(x, digits, 0, single)) {
        largest = Math.max(largest, Math.abs(entry));
      }
    }
    return largest;
  }

  private double quantized(double entry, double scale, int bits) {
    if (scale == 0) {
      return 0;
    }
    double nearest = Math.rint(single.multiply(entry, single.divide(1, scale)));
    int most = (1 << (bits - 1)) - 1;
    return Math.max(-most, Math.min(most, nearest));
  }
}
