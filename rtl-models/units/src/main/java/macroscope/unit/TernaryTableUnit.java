package macroscope.unit;

import java.util.Arrays;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A lookup-table unit for ternary weights. The result is the exact integer dot product, which wraps in
 * the accumulator.
 *
 * <p>K that does not fill its last index is padded with weights 0; weights of {@link
 * TernaryPacking#SHERRY}, which has no code for them, must come in whole fours.
 */
public final class TernaryTableUnit implements DotProductUnit<TernaryTableUnit.Operand> {

  /**
   * An operand: activations, or codes of weights.
   *
   * @param rows rows
   * @param depth K
   * @param values activations padded to whole passes, or codes, row by row
   * @param weights which of both
   */
  public record Operand(int rows, int depth, int[] values, boolean weights) {
    private OperandShape shape() {
      return new OperandShape(rows, depth);
    }
  }

  private final TernaryTableSpec spec;
  private final TernaryPacking packing;
  private final IntegerFormat accumulator;

  public TernaryTableUnit(TernaryTableSpec spec) {
    this.spec = spec;
    packing = spec.packing();
    int bits = spec.accumulatorBits();
    accumulator = new IntegerFormat("int" + bits, bits, true, false, 0);
  }

  @Override
  public TernaryTableSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return accumulator;
  }

  @Override
  public Operand prepareA(EncodedMatrix a) {
    IntegerFormat format = integers(a);
    if (format.bits() != spec.a().bits()) {
      throw new IllegalArgumentException(
          "operand format must be " + spec.a().name() + ": " + format.name());
    }
    int padded = padded(a.columns());
    int[] values = new int[Math.multiplyExact(a.rows(), padded)];
    for (int row = 0; row < a.rows(); row++) {
      for (int k = 0; k < a.columns(); k++) {
        values[row * padded + k] = Math.toIntExact(format.integer(a.code(row, k)));
      }
    }
    return new Operand(a.rows(), a.columns(), values, false);
  }

  @Override
  public Operand prepareB(EncodedMatrix b) {
    IntegerFormat format = integers(b);
    int perRow = padded(b.columns()) / packing.inputs();
    int whole = (b.columns() + packing.inputs() - 1) / packing.inputs();
    int[] codes = new int[Math.multiplyExact(b.rows(), perRow)];
    for (int row = 0; row < b.rows(); row++) {
      byte[] weights = new byte[whole * packing.inputs()];
      for (int k = 0; k < b.columns(); k++) {
        weights[k] = (byte) format.integer(b.code(row, k));
      }
      System.arraycopy(packing.codes(weights), 0, codes, row * perRow, whole);
    }
    return new Operand(b.rows(), b.columns(), codes, true);
  }

  private static IntegerFormat integers(EncodedMatrix matrix) {
    NumberFormat element = matrix.format().element();
    if (element instanceof IntegerFormat format && format.signed() && format.fractionBits() == 0) {
      return format;
    }
    throw new IllegalArgumentException("operands must be signed integers: " + element.name());
  }

  private int padded(int columns) {
    int length = spec.length();
    return Math.multiplyExact((columns + length - 1) / length, length);
  }

  @Override
  public void gemm(Operand a, Operand b, int fromK, int toK, Accumulators c) {
    if (a.weights || !b.weights) {
      throw new IllegalArgumentException("operands must be those of this unit, in this order");
    }
    c.requireShape(accumulator, a.shape(), b.shape(), fromK, toK);
    if (fromK % length() != 0 || (toK % length() != 0 && toK != a.depth)) {
      throw new IllegalArgumentException(
          "k must run over whole passes of " + length() + " inputs: " + fromK + ".." + toK);
    }
    int from = fromK / packing.inputs();
    int to = (toK + packing.inputs() - 1) / packing.inputs();
    int perRow = padded(a.depth) / packing.inputs();
    int[] tables = new int[perRow * packing.entries()];
    for (int i = 0; i < a.rows; i++) {
      fill(a.values, i * padded(a.depth), tables);
      for (int j = 0; j < b.rows; j++) {
        int at = i * c.columns() + j;
        int unused = Long.SIZE - spec.accumulatorBits();
        long sum = c.codes()[at] + sum(tables, b.values, j * perRow, from, to);
        c.codes()[at] = sum << unused >>> unused;
      }
    }
  }

  private void fill(int[] activations, int at, int[] tables) {
    Arrays.fill(tables, 0);
    for (int t = 0; t < tables.length / packing.entries(); t++) {
      packing.fill(activations, at + t * packing.inputs(), tables, t * packing.entries());
    }
  }

  private long sum(int[] tables, int[] codes, int at, int from, int to) {
    long sum = 0;
    for (int t = from; t < to; t++) {
      sum += TernaryPacking.lookUp(tables, t * packing.entries(), codes[at + t]);
    }
    return sum;
  }

  @Override
  public Pipeline pipeline() {
    return TernaryTableHardware.pipeline();
  }

  @Override
  public Inventory inventory() {
    return TernaryTableHardware.inventory(spec);
  }
}
