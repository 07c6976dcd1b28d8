package macroscope.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.tensor.EncodedPlanes;
import macroscope.unit.BitSerialSpec;

/**
 * The readable twin of bit-serial dot products whose planes have real factors: no tables; each digit is
 * looked at where it is used. Finite operands only.
 */
public final class ReferenceBinaryCoded {

  private final BitSerialSpec spec;
  private final RoundedArithmetic sums;
  private final RoundedArithmetic factors;

  public ReferenceBinaryCoded(BitSerialSpec spec) {
    this.spec = spec;
    sums = new RoundedArithmetic((FloatFormat) spec.accumulator());
    factors = new RoundedArithmetic(spec.factors().format().orElseThrow());
  }

  /**
   * {@code c + sum of a_k * b_k} over the whole of a row.
   *
   * @param a codes of the activations
   * @param row of the weights
   * @param c code of the accumulator
   */
  public long dot(long[] a, EncodedPlanes b, int row, long c) {
    int group = spec.factors().inputs() == 0 ? a.length : spec.factors().inputs();
    double sum = spec.accumulator().decodeDouble(c);
    for (int from = 0; from < a.length; from += group) {
      int to = Math.min(from + group, a.length);
      if (spec.factors().offset()) {
        sum = add(a, b, row, b.coding().planes(), from, to, sum);
      }
      for (int plane = 0; plane < b.coding().planes(); plane++) {
        sum = add(a, b, row, plane, from, to, sum);
      }
    }
    return sums.code(sum);
  }

  private double add(
      long[] a, EncodedPlanes b, int row, int plane, int from, int to, double before) {
    boolean given = plane < b.factors().size();
    double factor = given ? b.factors().get(plane)[b.group(row, from)] : 0;
    int[] digits = new int[to];
    for (int k = from; k < to; k++) {
      boolean one =
          plane == b.coding().planes() || (b.signs()[row * b.columns() + k] >> plane & 1) != 0;
      digits[k] = one ? 1 : -1;
    }
    int padding = plane == b.coding().planes() ? 1 : -1;
    double looked =
        spec.entries() instanceof BitSerialSpec.Rounded rounded
            ? rounded(a, digits, from, to, padding, new RoundedArithmetic(rounded.format()))
            : exact(a, digits, from, to);
    return sums.fma(factors.round(factor), looked, before);
  }

  /** Pass after pass; within one sums of neighbours, then those in pairs. */
  private double rounded(
      long[] a, int[] digits, int from, int to, int padding, RoundedArithmetic entry) {
    double sum = 0;
    for (int pass = from; pass < to; pass += spec.length()) {
      List<Double> terms = new ArrayList<>();
      for (int first = pass; first < pass + spec.length(); first += spec.table().inputs()) {
        double looked = 0;
        for (int k = first; k < first + spec.table().inputs(); k++) {
          double x = k < to ? entry.round(spec.a().decodeDouble(a[k])) : 0;
          double term = (k < to ? digits[k] : padding) * x;
          looked = k == first ? term : entry.add(looked, term);
        }
        terms.add(sums.round(looked));
      }
      double tree = tree(terms);
      sum = pass == from ? tree : sums.add(sum, tree);
    }
    return sum;
  }

  private double tree(List<Double> terms) {
    List<Double> level = terms;
    while (level.size() > 1) {
      List<Double> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        boolean pair = i + 1 < level.size();
        next.add(pair ? sums.add(level.get(i), level.get(i + 1)) : level.get(i));
      }
      level = next;
    }
    return level.get(0);
  }

  /** Integers exactly; floats cut below the largest exponent of their group, a sum a group. */
  private double exact(long[] a, int[] digits, int from, int to) {
    NumberFormat format = spec.a();
    if (format instanceof IntegerFormat) {
      return sums.round(sum(ReferenceBitSerial.values(format, a), digits, from, to));
    }
    int group = spec.alignment().inputs() == 0 ? a.length : spec.alignment().inputs();
    double sum = 0;
    for (int start = from; start < to; start = (start / group + 1) * group) {
      int first = start / group * group;
      int end = Math.min(first + group, a.length);
      List<Value> own = ReferenceBitSerial.values(format, Arrays.copyOfRange(a, first, end));
      int unit =
          ReferenceBitSerial.largestExponent(own)
              - spec.alignment().keptFractionBits().orElseThrow();
      List<Value> cut =
          ReferenceBitSerial.values(format, a).stream()
              .map(v -> ReferenceBitSerial.scaled(v, -unit))
              .toList();
      double part = sums.round(sum(cut, digits, start, Math.min(to, end)));
      double scaled = sums.round(Math.scalb(part, unit));
      sum = start == from ? scaled : sums.add(sum, scaled);
    }
    return sum;
  }

  private static double sum(List<Value> x, int[] digits, int from, int to) {
    List<Value> signs = new ArrayList<>();
    for (int k = from; k < to; k++) {
      signs.add(Value.of(digits[k], 0));
    }
    return ReferenceBitSerial.exact(x.subList(from, to), signs).doubleValue();
  }
}
