package macroscope.unit;

import java.util.List;
import java.util.Set;
import macroscope.format.FloatFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * Parameters of an FPGA minifloat unit: exact products, added in a fixed-point (Kulisch) accumulator
 * that never rounds and wraps where it is narrower than the sum, converted once to the output format when the sum leaves the unit.
 *
 * @param name descriptive name
 * @param a operand format
 * @param b operand format
 * @param length products a pass adds
 * @param terms the most products a sum may have
 * @param accumulatorBits width of the accumulator, at least that of a product; what does not fit wraps
 * @param output format of the addend and of the result, rounded to nearest even
 */
public record KulischSpec(
    String name,
    FloatFormat a,
    FloatFormat b,
    int length,
    int terms,
    int accumulatorBits,
    FloatFormat output)
    implements StagedSpec {

  private static final int WIDEST = 1 << 14;

  public KulischSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("terms", terms, length, 1 << 24);
    int product = KulischHardware.productBits(a, b);
    Widths.inRange("accumulator bits", accumulatorBits, product, WIDEST);
  }

  /** An accumulator that never overflows: product range plus ceil(log2(terms)) bits. */
  public KulischSpec(
      String name, FloatFormat a, FloatFormat b, int length, int terms, FloatFormat output) {
    this(name, a, b, length, terms, KulischHardware.accumulatorBits(a, b, terms), output);
  }

  @Override
  public List<PipelineRank> possibleRanks() {
    return length == 1
        ? List.of(PipelineRank.CONVERSION, PipelineRank.PRODUCT)
        : List.of(PipelineRank.CONVERSION, PipelineRank.PRODUCT, PipelineRank.TREE);
  }

  @Override
  public Pipeline pipeline(Set<PipelineRank> ranks) {
    return KulischHardware.pipeline(this, ranks);
  }

  @Override
  public Inventory inventory(Set<PipelineRank> ranks) {
    return KulischHardware.inventory(this, ranks);
  }
}
