package macroscope.unit;

/** Products computed one by one, for operands of any width. */
final class ComputedProducts implements MacProducts {

  private final Multiplication multiplication;
  private final CodeReader readerA;
  private final CodeReader readerB;
  private final int unit;

  ComputedProducts(Multiplication multiplication) {
    this.multiplication = multiplication;
    this.readerA = new CodeReader(multiplication.a(), multiplication::operandA);
    this.readerB = new CodeReader(multiplication.b(), multiplication::operandB);
    this.unit = multiplication.unit();
  }

  @Override
  public CodeReader readerA() {
    return readerA;
  }

  @Override
  public CodeReader readerB() {
    return readerB;
  }

  /** A product that is shifted out of the word is a multiple of 2^64. */
  private long product(long x, long y) {
    int shift = multiplication.shift(x, y);
    return shift < Long.SIZE ? multiplication.significand(x, y) << shift : 0;
  }

  @Override
  public void add(
      MacOperand a, int i, MacOperand b, int block, int from, int to, int drop, long[] sums) {
    for (int k = from; k < to; k++) {
      long x = a.row(i)[k];
      long[] y = b.columns(block, k);
      for (int j = 0; x != 0 && j < sums.length; j++) {
        sums[j] += product(x, y[j]) >> drop;
      }
    }
  }

  @Override
  public void add(MacOperand a, int i, MacOperand b, int block, int from, int to, ExactSums sums) {
    for (int k = from; k < to; k++) {
      long x = a.row(i)[k];
      long[] y = b.columns(block, k);
      for (int j = 0; x != 0 && j < y.length; j++) {
        sums.add(j, multiplication.significand(x, y[j]), multiplication.shift(x, y[j]));
      }
    }
  }

  @Override
  public void round(MacOperand a, int i, MacOperand b, int block, int k, float[] products) {
    long x = a.row(i)[k];
    long[] y = b.columns(block, k);
    for (int j = 0; j < products.length; j++) {
      products[j] = round(x, y[j]);
    }
  }

  /** Exact in binary64, since a significand has at most 53 bits, then rounded. */
  float round(long x, long y) {
    int exponent = unit + multiplication.shift(x, y);
    double significand = IeeeArithmetic.exact64(multiplication.significand(x, y));
    return IeeeArithmetic.round32(
        IeeeArithmetic.multiply64(significand, IeeeArithmetic.powerOfTwo(exponent)));
  }
}
