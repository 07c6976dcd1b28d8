package macroscope.unit;

/**
 * Products of narrow operands from a table by both codes, {@code table[a << bits of b | b]}: one row of
 * it serves a whole block of columns, so that what a product costs does not depend on how it is
 * defined.
 */
final class TabulatedProducts implements MacProducts {

  /** A table of 2^20 products takes 8 MiB; rows of more than 2^8 leave the first cache. */
  private static final int MOST_CODE_BITS = 20;

  private static final int MOST_BITS_OF_B = 8;
  private static final int MOST_PRODUCT_BITS = 62;

  private final int bitsOfB;
  private final CodeReader readerA;
  private final CodeReader readerB;
  private final long[] products;
  private final float[] rounded;

  /**
   * @param real whether products are wanted as binary32 numbers, else as integers
   */
  TabulatedProducts(Multiplication multiplication, boolean real) {
    this.bitsOfB = multiplication.b().bits();
    this.readerA = new CodeReader(multiplication.a(), code -> code);
    this.readerB =
        new CodeReader(
            multiplication.b(),
            code -> {
              multiplication.operandB(code);
              return code;
            });
    int size = 1 << (multiplication.a().bits() + bitsOfB);
    this.products = new long[real ? 0 : size];
    this.rounded = new float[real ? size : 0];
    fill(multiplication, new ComputedProducts(multiplication), size);
  }

  /** Whether the products of a multiplication fit a table. */
  static boolean fit(Multiplication multiplication, boolean real) {
    int bits = multiplication.b().bits();
    return bits <= MOST_BITS_OF_B
        && multiplication.a().bits() + bits <= MOST_CODE_BITS
        && (real || multiplication.productBits() <= MOST_PRODUCT_BITS);
  }

  /** Codes that are no finite numbers, or that the unit refuses, leave 0. */
  private void fill(Multiplication multiplication, ComputedProducts computed, int size) {
    long[] right = operands(computed.readerB(), 1 << bitsOfB);
    long[] left = operands(computed.readerA(), size >> bitsOfB);
    for (int at = 0; at < size; at++) {
      long x = left[at >> bitsOfB];
      long y = right[at & (right.length - 1)];
      if (rounded.length > 0) {
        rounded[at] = computed.round(x, y);
      } else {
        products[at] = multiplication.significand(x, y) << multiplication.shift(x, y);
      }
    }
  }

  private static long[] operands(CodeReader reader, int codes) {
    long[] operands = new long[codes];
    for (int code = 0; code < codes; code++) {
      operands[code] = reader.isKnown(code) ? reader.read(code).orElse(0) : 0;
    }
    return operands;
  }

  @Override
  public CodeReader readerA() {
    return readerA;
  }

  @Override
  public CodeReader readerB() {
    return readerB;
  }

  @Override
  public void add(
      MacOperand a, int i, MacOperand b, int block, int from, int to, int drop, long[] sums) {
    for (int k = from; k < to; k++) {
      int row = (int) a.row(i)[k] << bitsOfB;
      long[] y = b.columns(block, k);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += products[row | (int) y[j]] >> drop;
      }
    }
  }

  @Override
  public void add(MacOperand a, int i, MacOperand b, int block, int from, int to, ExactSums sums) {
    for (int k = from; k < to; k++) {
      int row = (int) a.row(i)[k] << bitsOfB;
      long[] y = b.columns(block, k);
      for (int j = 0; j < y.length; j++) {
        sums.add(j, products[row | (int) y[j]], 0);
      }
    }
  }

  @Override
  public void round(MacOperand a, int i, MacOperand b, int block, int k, float[] to) {
    int row = (int) a.row(i)[k] << bitsOfB;
    long[] y = b.columns(block, k);
    for (int j = 0; j < to.length; j++) {
      to[j] = rounded[row | (int) y[j]];
    }
  }
}
