package macroscope.unit;

/** The tables of a row of real numbers: {@code ((+-x0) +- x1) +- ...}, or sums of subsets. */
final class RealTables {

  private final RoundedReals reals;
  private final int inputs;
  private final boolean signed;

  RealTables(RoundedReals reals, BitSerialSpec.Table table) {
    this.reals = reals;
    inputs = table.inputs();
    signed = table.digits() == BitSerialSpec.Digits.SIGNED;
  }

  /** Fills {@code tables}, 2^inputs entries for each {@code inputs} of a row. */
  void build(BitSerialOperand.Reals values, int row, float[] tables) {
    int first = row * values.padded();
    for (int at = 0; at < tables.length; at += 1 << inputs, first += inputs) {
      float x = values.values()[first];
      tables[at] = signed ? IeeeArithmetic.negate(x) : 0;
      tables[at + 1] = x;
      for (int k = 1; k < inputs; k++) {
        grow(tables, at, 1 << k, values.values()[first + k]);
      }
    }
  }

  private void grow(float[] tables, int at, int size, float x) {
    float minus = IeeeArithmetic.negate(x);
    for (int i = at; i < at + size; i++) {
      tables[i + size] = reals.add(tables[i], x);
      if (signed) {
        tables[i] = reals.add(tables[i], minus);
      }
    }
  }
}
