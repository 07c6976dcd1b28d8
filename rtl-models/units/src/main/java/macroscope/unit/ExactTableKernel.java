package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Value;

/**
 * Tables of exact sums of integers: of integer operands, whose sum wraps in the accumulator, and of
 * aligned floats, whose sum over a group of one exponent is rounded to binary32 and added there.
 *
 * <p>Width proof. An element lies below 2^25, so an entry of 8 of them below 2^28 and the sum of a plane
 * over 2^18 inputs below 2^43; the doubled weights of 16 planes add up to less than 2^17, so that all
 * stays below 2^60.
 */
final class ExactTableKernel implements BitSerialKernel, PlaneSums {

  /** Largest K, of the proof. */
  static final int MOST_INPUTS = 1 << 18;

  private final SerialDigits digits;
  private final BitSerialSpec spec;
  private final BitSerialOperand.Integers values;
  private final BitSerialOperand.Planes planes;
  private final RoundedReals sums;
  private final int inputs;
  private final int[] tables;
  private int row;

  ExactTableKernel(
      BitSerialSpec spec,
      SerialDigits digits,
      BitSerialOperand.Integers values,
      BitSerialOperand.Planes planes) {
    this.spec = spec;
    this.digits = digits;
    this.values = values;
    this.planes = planes;
    sums = new RoundedReals(spec.accumulator() instanceof FloatFormat f ? f : Formats.BINARY32);
    inputs = spec.table().inputs();
    tables = new int[planes.groups() << inputs];
    if (values.depth() > MOST_INPUTS) {
      throw new IllegalArgumentException(
          "K must be at most " + MOST_INPUTS + ": " + values.depth());
    }
  }

  @Override
  public void load(int row) {
    this.row = row;
    boolean signed = spec.table().digits() == BitSerialSpec.Digits.SIGNED;
    for (int group = 0; group < planes.groups(); group++) {
      int first = row * values.padded() + group * inputs;
      int at = group << inputs;
      int least = 0;
      for (int k = 0; k < inputs && signed; k++) {
        least -= values.values()[first + k];
      }
      tables[at] = least;
      for (int k = 0; k < inputs; k++) {
        int step = signed ? 2 * values.values()[first + k] : values.values()[first + k];
        for (int i = 0; i < 1 << k; i++) {
          tables[at + i + (1 << k)] = tables[at + i] + step;
        }
      }
    }
  }

  @Override
  public long add(long code, int serialRow, int from, int to) {
    if (values.group() == 0) {
      int unused = Long.SIZE - spec.accumulator().bits();
      return (code + dot(serialRow, from, to)) << unused >>> unused;
    }
    float sum = sums.value(code);
    int step = values.group() / inputs;
    for (int start = from; start < to; ) {
      int group = start / step;
      int end = Math.min(to, (group + 1) * step);
      sum = sums.add(sum, scaled(dot(serialRow, start, end), group));
      start = end;
    }
    return sums.code(sum);
  }

  private float scaled(long dot, int group) {
    int exponent = values.exponents()[row * values.groups() + group];
    return exponent == BitSerialOperand.Integers.NOT_FINITE
        ? Float.NaN
        : sums.scale(sums.round(dot), exponent);
  }

  @Override
  public Value entry(int table, int index) {
    int held = tables[(table << inputs) + index];
    if (values.group() == 0) {
      return Value.of(held, 0);
    }
    int group = table * inputs / values.group();
    int exponent = values.exponents()[row * values.groups() + group];
    return exponent == BitSerialOperand.Integers.NOT_FINITE ? Value.NAN : Value.of(held, exponent);
  }

  /** The sum of products, from planes. */
  private long dot(int serialRow, int from, int to) {
    long doubled = 0;
    for (int plane = 0; plane < digits.planes(); plane++) {
      doubled += digits.weights()[plane] * lookups(serialRow * digits.planes() + plane, from, to);
    }
    if (digits.offset() != 0) {
      doubled += digits.offset() * lookups(ONES, from, to);
    }
    return doubled >> 1;
  }

  /** Sums over groups of one exponent, each rounded, are added one after another. */
  @Override
  public float planeSum(int planeRow, int from, int to) {
    if (values.group() == 0) {
      return sums.round(lookups(planeRow, from, to));
    }
    int step = values.group() / inputs;
    int first = Math.min(to, (from / step + 1) * step);
    float sum = scaled(lookups(planeRow, from, first), from / step);
    for (int start = first; start < to; start += step) {
      long looked = lookups(planeRow, start, Math.min(to, start + step));
      sum = sums.add(sum, scaled(looked, start / step));
    }
    return sum;
  }

  private long lookups(int planeRow, int from, int to) {
    if (planeRow == ONES) {
      return ones(from, to);
    }
    byte[] indices = planes.indices();
    int at = planeRow * planes.groups();
    long sum = 0;
    for (int group = from; group < to; group++) {
      sum += tables[(group << inputs) + (indices[at + group] & 0xFF)];
    }
    return sum;
  }

  private long ones(int from, int to) {
    long sum = 0;
    for (int group = from; group < to; group++) {
      sum += tables[(group + 1 << inputs) - 1];
    }
    return sum;
  }
}
