package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Sharing;
import macroscope.tensor.EncodedMatrix;

/**
 * A bit-serial dot product: sums of neighbours of one operand stand in tables, the bit planes of the
 * other choose among them.
 *
 * <ul>
 *   <li>Integers with exact entries give the exact sum of products, which wraps in the accumulator.
 *   <li>Aligned floats ({@link BitSerialSpec.PreAlignment}) give the exact sum over a group of one
 *       exponent, rounded once to the accumulator and added there. A group that holds NaN or infinity gives
 *       NaN.
 *   <li>Planes with real factors: {@link FactoredTableKernel}.
 *   <li>Rounded and quantized entries: {@link RoundedTableKernel}, {@link QuantizedTableKernel}. Values
 *       that are not finite give results that are not, but no particular ones.
 * </ul>
 *
 * K that does not fill its last pass is padded with zeros, of which nothing is added but, in floats,
 * zeros.
 */
public final class BitSerialUnit implements DotProductUnit<BitSerialOperand> {

  private final BitSerialSpec spec;
  private final SerialDigits digits;

  public BitSerialUnit(BitSerialSpec spec) {
    this.spec = spec;
    digits = SerialDigits.of(spec.serialFormat(), spec.table().digits());
  }

  @Override
  public BitSerialSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.accumulator();
  }

  @Override
  public BitSerialOperand prepareA(EncodedMatrix a) {
    requireFormat(spec.a(), a.format().element());
    if (a.format().hasZeroPoints()) {
      throw new IllegalArgumentException(
          "activations must have no zero points: " + a.format().name());
    }
    return spec.tabled() == Sharing.Operand.LEFT ? values(a) : planes(a);
  }

  /** With real factors all scales of the weights, which its factors contain. */
  @Override
  public ScaleSupport scaleSupport() {
    return spec.factors().real() ? ScaleSupport.RIGHT : ScaleSupport.NONE;
  }

  /** In the offset. */
  @Override
  public boolean readsZeroPoints() {
    return spec.factors().real();
  }

  @Override
  public BitSerialOperand prepareB(EncodedMatrix b) {
    if (spec.factors().real()) {
      return new FactoredPlanes(spec).read(b);
    }
    requireFormat(spec.b(), b.format().element());
    return spec.tabled() == Sharing.Operand.LEFT ? planes(b) : values(b);
  }

  /** Integers of fewer bits fit, whatever their range is called. */
  private static void requireFormat(NumberFormat expected, NumberFormat actual) {
    boolean same =
        expected instanceof IntegerFormat whole
            ? actual instanceof IntegerFormat given
                && given.signed()
                && given.fractionBits() == 0
                && given.bits() == whole.bits()
            : expected.equals(actual);
    if (!same) {
      throw new IllegalArgumentException(
          "operand format must be " + expected.name() + ": " + actual.name());
    }
  }

  private BitSerialOperand planes(EncodedMatrix matrix) {
    return BitSerialOperand.Planes.of(matrix, digits, spec.table().inputs(), length());
  }

  private BitSerialOperand values(EncodedMatrix matrix) {
    if (spec.entries() instanceof BitSerialSpec.Rounded rounded) {
      return BitSerialOperand.Reals.of(matrix, rounded.format(), length());
    }
    if (spec.entries() instanceof BitSerialSpec.Quantized) {
      return BitSerialOperand.Reals.of(matrix, Formats.BINARY32, length());
    }
    if (spec.tabledFormat() instanceof FloatFormat real) {
      int kept = spec.alignment().keptFractionBits().orElseThrow();
      return new PreAligner(real, kept).align(matrix, spec.alignment().inputs(), length());
    }
    IntegerFormat integers = (IntegerFormat) matrix.format().element();
    return BitSerialOperand.Integers.of(matrix, integers, length());
  }

  @Override
  public void gemm(BitSerialOperand a, BitSerialOperand b, int fromK, int toK, Accumulators c) {
    boolean left = spec.tabled() == Sharing.Operand.LEFT;
    if (!((left ? b : a) instanceof BitSerialOperand.Planes planes)) {
      throw new IllegalArgumentException("operands must be those of this unit, in this order");
    }
    BitSerialOperand values = left ? a : b;
    OperandShape shapeA = new OperandShape(a.rows(), a.depth());
    c.requireShape(spec.accumulator(), shapeA, new OperandShape(b.rows(), b.depth()), fromK, toK);
    requirePasses(a.depth(), fromK, toK);
    int from = fromK / spec.table().inputs();
    int to = (toK + length() - 1) / length() * spec.tables();
    BitSerialKernel kernel = kernel(values, planes);
    for (int row = 0; row < values.rows(); row++) {
      kernel.load(row);
      for (int serial = 0; serial < planes.rows(); serial++) {
        int at = left ? row * c.columns() + serial : serial * c.columns() + row;
        c.codes()[at] = kernel.add(c.codes()[at], serial, from, to);
      }
    }
  }

  private void requirePasses(int depth, int fromK, int toK) {
    if (fromK % length() != 0 || (toK % length() != 0 && toK != depth)) {
      throw new IllegalArgumentException(
          "k must run over whole passes of " + length() + " inputs: " + fromK + ".." + toK);
    }
  }

  BitSerialKernel kernel(BitSerialOperand values, BitSerialOperand.Planes planes) {
    if (values instanceof BitSerialOperand.Integers integers) {
      ExactTableKernel exact = new ExactTableKernel(spec, digits, integers, planes);
      return spec.factors().real() ? new FactoredTableKernel(spec, exact, planes) : exact;
    }
    if (!(values instanceof BitSerialOperand.Reals reals)) {
      throw new IllegalArgumentException("operands must be those of this unit, in this order");
    }
    if (spec.entries() instanceof BitSerialSpec.Quantized quantized) {
      return new QuantizedTableKernel(spec, digits, quantized, reals, planes);
    }
    RoundedReals entries = new RoundedReals(((BitSerialSpec.Rounded) spec.entries()).format());
    RoundedTableKernel rounded = new RoundedTableKernel(spec, digits, entries, reals, planes);
    return spec.factors().real() ? new FactoredTableKernel(spec, rounded, planes) : rounded;
  }

  @Override
  public Pipeline pipeline() {
    return BitSerialHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return BitSerialHardware.inventory(spec);
  }
}
