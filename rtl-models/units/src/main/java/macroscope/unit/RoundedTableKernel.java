package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Value;

/**
 * Tables of rounded sums. A pass adds to the accumulator, plane after plane, the least first, the looked-up
 * entries of its tables, rounded to its format and summed in pairs there, times the weight of the plane; then the
 * offset of signed digits times the sum of the operand.
 */
final class RoundedTableKernel implements BitSerialKernel, PlaneSums {

  private final BitSerialSpec spec;
  private final SerialDigits digits;
  private final BitSerialOperand.Reals values;
  private final BitSerialOperand.Planes planes;
  private final RealTables builder;
  private final RoundedReals sums;
  private final int inputs;
  private final float[] tables;
  private final float[] terms;

  RoundedTableKernel(
      BitSerialSpec spec,
      SerialDigits digits,
      RoundedReals reals,
      BitSerialOperand.Reals values,
      BitSerialOperand.Planes planes) {
    this.spec = spec;
    this.digits = digits;
    this.values = values;
    this.planes = planes;
    builder = new RealTables(reals, spec.table());
    sums = new RoundedReals((FloatFormat) spec.accumulator());
    inputs = spec.table().inputs();
    tables = new float[planes.groups() << inputs];
    terms = new float[spec.tables()];
  }

  @Override
  public void load(int row) {
    builder.build(values, row, tables);
  }

  @Override
  public long add(long code, int serialRow, int from, int to) {
    float sum = sums.value(code);
    for (int pass = from; pass < to; pass += spec.tables()) {
      sum = pass(sum, serialRow, pass);
    }
    return sums.code(sum);
  }

  private float pass(float before, int serialRow, int from) {
    float sum = before;
    for (int plane = 0; plane < digits.planes(); plane++) {
      float looked = passSum(serialRow * digits.planes() + plane, from);
      sum = add(sum, looked, digits.weights()[plane]);
    }
    return digits.offset() == 0 ? sum : add(sum, passSum(ONES, from), digits.offset());
  }

  /** What a plane looks up in the tables of a pass, summed in pairs. */
  private float passSum(int planeRow, int from) {
    int all = (1 << inputs) - 1;
    int at = planeRow * planes.groups() + from;
    for (int t = 0; t < terms.length; t++) {
      int index = planeRow == ONES ? all : planes.indices()[at + t] & 0xFF;
      terms[t] = rounded(tables[(from + t << inputs) + index]);
    }
    return sums.tree(terms, terms.length);
  }

  /** Passes are added one after another. */
  @Override
  public float planeSum(int planeRow, int from, int to) {
    float sum = passSum(planeRow, from);
    for (int pass = from + terms.length; pass < to; pass += terms.length) {
      sum = sums.add(sum, passSum(planeRow, pass));
    }
    return sum;
  }

  /** Adds half of a sum times a signed power of two. */
  private float add(float sum, float looked, int doubledWeight) {
    int exponent = Integer.numberOfTrailingZeros(doubledWeight) - 1;
    float term = sums.scale(looked, exponent);
    return sums.add(sum, doubledWeight > 0 ? term : IeeeArithmetic.negate(term));
  }

  private float rounded(float entry) {
    return sums.round(IeeeArithmetic.exact64(entry));
  }

  @Override
  public Value entry(int table, int index) {
    return Value.of(IeeeArithmetic.exact64(tables[(table << inputs) + index]));
  }
}
