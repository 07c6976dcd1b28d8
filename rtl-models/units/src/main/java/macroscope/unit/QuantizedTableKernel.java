package macroscope.unit;

import macroscope.format.Formats;
import macroscope.format.Value;

/**
 * Tables of sums quantized to symmetric integers: {@code q = rint(entry * (1 / scale))} with {@code scale
 * = (largest |entry|) / (2^(bits-1) - 1)} over the tables that share it, each step in binary32. What a
 * pass looks up in such tables is summed over planes as integers and joins a binary32 accumulator with
 * one fused multiply-add by the scale; the offset of signed digits is applied to sums that are not
 * quantized, once a pass.
 */
final class QuantizedTableKernel implements BitSerialKernel {

  private final BitSerialSpec spec;
  private final SerialDigits digits;
  private final BitSerialOperand.Reals values;
  private final BitSerialOperand.Planes planes;
  private final RealTables builder;
  private final RoundedReals single = new RoundedReals(Formats.BINARY32);
  private final int inputs;
  private final int tablesPerScale;
  private final int most;
  private final float[] sums;
  private final int[] entries;
  private final float[] scales;
  private final float[] terms;

  QuantizedTableKernel(
      BitSerialSpec spec,
      SerialDigits digits,
      BitSerialSpec.Quantized quantized,
      BitSerialOperand.Reals values,
      BitSerialOperand.Planes planes) {
    this.spec = spec;
    this.digits = digits;
    this.values = values;
    this.planes = planes;
    builder = new RealTables(single, spec.table());
    inputs = spec.table().inputs();
    tablesPerScale = quantized.tablesPerScale();
    most = (1 << (quantized.bits() - 1)) - 1;
    sums = new float[planes.groups() << inputs];
    entries = new int[sums.length];
    scales = new float[planes.groups() / tablesPerScale];
    terms = new float[spec.tables()];
  }

  @Override
  public void load(int row) {
    builder.build(values, row, sums);
    int size = tablesPerScale << inputs;
    for (int s = 0; s < scales.length; s++) {
      scales[s] = quantize(s * size, (s + 1) * size);
    }
  }

  private float quantize(int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = IeeeArithmetic.maximum(largest, IeeeArithmetic.magnitude(sums[i]));
    }
    float scale = IeeeArithmetic.divide32(largest, IeeeArithmetic.round32(most));
    float reciprocal = IeeeArithmetic.isZero(scale) ? 0 : IeeeArithmetic.divide32(1, scale);
    for (int i = from; i < to; i++) {
      int nearest =
          IeeeArithmetic.nearestIntegerX86(IeeeArithmetic.multiply32(sums[i], reciprocal));
      entries[i] = Math.max(-most, Math.min(most, nearest));
    }
    return scale;
  }

  @Override
  public long add(long code, int serialRow, int from, int to) {
    float sum = Float.intBitsToFloat((int) code);
    for (int pass = from; pass < to; pass += terms.length) {
      for (int group = pass; group < pass + terms.length; group += tablesPerScale) {
        float halves = IeeeArithmetic.round32(doubled(serialRow, group));
        float integer = IeeeArithmetic.scale32(halves, -1);
        sum = IeeeArithmetic.fma32(integer, scales[group / tablesPerScale], sum);
      }
      if (digits.offset() != 0) {
        sum = IeeeArithmetic.fma32(-0.5f, operandSum(pass), sum);
      }
    }
    return IeeeArithmetic.code32(sum);
  }

  private int doubled(int serialRow, int from) {
    int doubled = 0;
    for (int plane = 0; plane < digits.planes(); plane++) {
      int at = (serialRow * digits.planes() + plane) * planes.groups();
      int lookups = 0;
      for (int group = from; group < from + tablesPerScale; group++) {
        lookups += entries[(group << inputs) + (planes.indices()[at + group] & 0xFF)];
      }
      doubled += digits.weights()[plane] * lookups;
    }
    return doubled;
  }

  private float operandSum(int pass) {
    for (int t = 0; t < terms.length; t++) {
      terms[t] = sums[(pass + t + 1 << inputs) - 1];
    }
    return single.tree(terms, terms.length);
  }

  @Override
  public Value entry(int table, int index) {
    Value scale = Value.of(IeeeArithmetic.exact64(scales[table / tablesPerScale]));
    return ExactValues.product(Value.of(entries[(table << inputs) + index], 0), scale);
  }

  /** Not quantized. */
  @Override
  public Value all(int table, int inputs) {
    return Value.of(IeeeArithmetic.exact64(sums[(table + 1 << inputs) - 1]));
  }
}
