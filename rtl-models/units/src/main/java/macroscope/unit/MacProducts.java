package macroscope.unit;

/** The products of one row of A with a block of columns: one way to compute them. */
interface MacProducts {

  /** How codes of the left operand are read. */
  CodeReader readerA();

  /** How codes of the right operand are read. */
  CodeReader readerB();

  /**
   * Adds the products k = from..to-1, each shifted right by {@code drop} bits (arithmetic), in {@code
   * long} that wraps, in units of the least product.
   */
  void add(MacOperand a, int i, MacOperand b, int block, int from, int to, int drop, long[] sums);

  /** Adds the products k = from..to-1 in units of the least product. */
  void add(MacOperand a, int i, MacOperand b, int block, int from, int to, ExactSums sums);

  /** The products at one k, each rounded once to binary32. */
  void round(MacOperand a, int i, MacOperand b, int block, int k, float[] products);
}
