package macroscope.unit;

import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A fused dot product of block-scaled operands, {@code d = round(c + sum (sa_k a_k) (sb_k b_k))} with
 * scales that are powers of two: {@link FusedDotUnit} with the exponents of both scales added to that
 * of every product, zero products included. A NaN scale makes NaN. The addend is not scaled.
 *
 * <p>Model: MMA-Sim (microsoft/MMA-Sim c785138). K is filled up to whole passes with zeros; a block
 * without elements has the scale 1.
 */
public final class BlockScaledDotUnit implements DotProductUnit<BlockScaledDotUnit.Operand> {

  private final BlockScaledDotSpec spec;
  private final FusedDotUnit dot;
  private final FloatRounder rounder;

  public BlockScaledDotUnit(BlockScaledDotSpec spec) {
    this(
        spec,
        RealPlanes.fit(spec.scale())
            ? new FusedDotUnit(spec.dot())
            : FusedDotUnit.plain(spec.dot()));
  }

  /** The unit on the kernel in plain Java, which gives the same bits. */
  public static BlockScaledDotUnit plain(BlockScaledDotSpec spec) {
    return new BlockScaledDotUnit(spec, FusedDotUnit.plain(spec.dot()));
  }

  BlockScaledDotUnit(BlockScaledDotSpec spec, FusedDotUnit dot) {
    this.spec = spec;
    this.dot = dot;
    this.rounder =
        new FloatRounder(
            spec.dot().accumulator(), spec.dot().outputFractionBits(), spec.dot().finalRounding());
    rounder.requireRoomForSpecials(spec.scale());
  }

  /**
   * An operand with its scales in the exponents.
   *
   * @param depth K before it was filled up
   */
  public record Operand(SignificandPlanes planes, BlockScales scales, int depth) {
    OperandShape shape() {
      return new OperandShape(planes.layout().rows(), depth);
    }
  }

  @Override
  public BlockScaledDotSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return dot.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return dot.accumulatorFormat();
  }

  @Override
  public ScaleSupport scaleSupport() {
    return ScaleSupport.GROUPS;
  }

  @Override
  public Operand prepareA(EncodedMatrix a) {
    BlockScales scales = scales(a);
    var planes = dot.prepareA(scales.padded(), scales::exponent);
    return new Operand(planes, scales, a.columns());
  }

  @Override
  public Operand prepareB(EncodedMatrix b) {
    BlockScales scales = scales(b);
    var planes = dot.prepareB(scales.padded(), scales::exponent);
    return new Operand(planes, scales, b.columns());
  }

  private BlockScales scales(EncodedMatrix matrix) {
    return new BlockScales(matrix, spec.scale(), spec.blockLength(), length());
  }

  @Override
  public void gemm(Operand a, Operand b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.shape(), b.shape(), fromK, toK);
    int passes = (toK - fromK + length() - 1) / length();
    int end = Math.min(fromK + passes * length(), a.planes.layout().depth());
    dot.gemm(a.planes, b.planes, fromK, end, c);
    spreadNan(a, b, fromK, end, c);
  }

  /** A NaN stays in the accumulator, so that it does not matter in which pass its scale was. */
  private void spreadNan(Operand a, Operand b, int fromK, int toK, Accumulators c) {
    boolean[] rows = a.scales.nanRows(fromK, toK);
    boolean[] columns = b.scales.nanRows(fromK, toK);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        if (rows[i] || columns[j]) {
          c.codes()[i * columns.length + j] = rounder.code(Extreme.NAN);
        }
      }
    }
  }

  @Override
  public Pipeline pipeline() {
    return BlockScaledHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return BlockScaledHardware.inventory(spec);
  }
}
