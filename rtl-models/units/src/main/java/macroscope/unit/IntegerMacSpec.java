package macroscope.unit;

import java.util.List;
import java.util.Set;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * Parameters of an integer multiply-accumulate array: exact products, an adder tree over {@code
 * length} of them and a two's complement accumulator.
 *
 * @param name descriptive name
 * @param a operand format
 * @param b operand format
 * @param length products a pass adds
 * @param accumulatorBits width of the accumulator, 8..63
 * @param saturating whether a pass that overflows clamps; otherwise it wraps
 */
public record IntegerMacSpec(
    String name,
    IntegerFormat a,
    IntegerFormat b,
    int length,
    int accumulatorBits,
    boolean saturating)
    implements StagedSpec {

  public IntegerMacSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
  }

  @Override
  public List<PipelineRank> possibleRanks() {
    return length == 1
        ? List.of(PipelineRank.PRODUCT)
        : List.of(PipelineRank.PRODUCT, PipelineRank.TREE);
  }

  @Override
  public Pipeline pipeline(Set<PipelineRank> ranks) {
    return IntegerMacHardware.pipeline(this, ranks);
  }

  @Override
  public Inventory inventory(Set<PipelineRank> ranks) {
    return IntegerMacHardware.inventory(this, ranks);
  }
}
