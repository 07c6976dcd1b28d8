package macroscope.unit;

import macroscope.format.Formats;
import macroscope.format.NumberFormat;

/** Products rounded to binary32 and added one after another in binary32. */
record FloatChainAccumulator(MacProducts products) implements MacAccumulator {

  @Override
  public NumberFormat format() {
    return Formats.BINARY32;
  }

  @Override
  public int partialSumBits() {
    return Formats.BINARY32.bits();
  }

  @Override
  public void add(MacOperand a, int i, MacOperand b, int block, int from, int to, Accumulators c) {
    OperandShape columns = b.shape();
    int at = i * c.columns() + columns.from(block);
    float[] sums = new float[columns.width(block)];
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Float.intBitsToFloat((int) c.codes()[at + j]);
    }
    float[] terms = new float[sums.length];
    for (int k = from; k < to; k++) {
      products.round(a, i, b, block, k, terms);
      IeeeArithmetic.add32(terms, sums);
    }
    for (int j = 0; j < sums.length; j++) {
      Extreme extreme = MacOperand.ofProducts(a, i, b, columns.from(block) + j, from, to);
      c.codes()[at + j] = IeeeArithmetic.code32(IeeeArithmetic.add32(sums[j], number(extreme)));
    }
  }

  /** A special product was 0 above; added at the end it makes the same of the sum. */
  private static float number(Extreme extreme) {
    return switch (extreme) {
      case NONE -> -0f;
      case POSITIVE_INFINITY -> Float.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Float.NEGATIVE_INFINITY;
      case NAN -> Float.NaN;
    };
  }
}
