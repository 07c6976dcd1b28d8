package macroscope.unit;

import java.util.List;
import java.util.Set;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * Parameters of a fused dot product that aligns all terms to the largest exponent and truncates them
 * there, as matrix units of GPUs do: {@code d = round(c + sum a_k b_k)} with one rounding, the addend
 * among the terms.
 *
 * @param name preset or descriptive name
 * @param a operand format, all its terms decoded un-normalised (a subnormal keeps the least exponent)
 * @param b operand format
 * @param accumulator format of c and d
 * @param length products an instruction adds (its k)
 * @param groupLength products that are aligned together; {@code length / groupLength} groups follow
 *     each other, each rounding to the accumulator format (split-K)
 * @param keptFractionBits F: fraction bits kept below the largest exponent; lower bits of each term
 *     are dropped toward zero, without guard or sticky bits
 * @param finalRounding rounding to the accumulator format; TOWARD_ZERO and TIES_TO_EVEN occur
 * @param outputFractionBits fraction bits of d that are computed, at most those of {@code
 *     accumulator}; the rest are zero (13 in the FP8 units of Ada and Hopper)
 * @param alignment how terms meet where sources disagree
 */
public record FusedDotSpec(
    String name,
    FloatFormat a,
    FloatFormat b,
    FloatFormat accumulator,
    int length,
    int groupLength,
    int keptFractionBits,
    RoundingMode finalRounding,
    int outputFractionBits,
    Alignment alignment)
    implements StagedSpec {

  /** A dot product whose terms meet in the usual way. */
  public FusedDotSpec(
      String name,
      FloatFormat a,
      FloatFormat b,
      FloatFormat accumulator,
      int length,
      int groupLength,
      int keptFractionBits,
      RoundingMode finalRounding,
      int outputFractionBits) {
    this(
        name,
        a,
        b,
        accumulator,
        length,
        groupLength,
        keptFractionBits,
        finalRounding,
        outputFractionBits,
        Alignment.USUAL);
  }

  public FusedDotSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("group length", groupLength, 1, length);
    Widths.inRange("kept fraction bits", keptFractionBits, 1, 40);
    Widths.inRange("output fraction bits", outputFractionBits, 1, accumulator.fractionBits());
    if (length % groupLength != 0) {
      throw new IllegalArgumentException(
          "group length must divide length " + length + ": " + groupLength);
    }
    if (finalRounding != RoundingMode.TOWARD_ZERO && finalRounding != RoundingMode.TIES_TO_EVEN) {
      throw new IllegalArgumentException(
          "final rounding must be TOWARD_ZERO or TIES_TO_EVEN: " + finalRounding);
    }
  }

  /** The same dot product by another name whose terms meet in another way. */
  public FusedDotSpec with(String otherName, Alignment other) {
    return new FusedDotSpec(
        otherName,
        a,
        b,
        accumulator,
        length,
        groupLength,
        keptFractionBits,
        finalRounding,
        outputFractionBits,
        other);
  }

  /** What each group adds, as sums of runs of one product. */
  public AlignedRuns runs() {
    return AlignedRuns.of(this);
  }

  @Override
  public List<PipelineRank> possibleRanks() {
    return List.of(PipelineRank.PRODUCT);
  }

  @Override
  public Pipeline pipeline(Set<PipelineRank> ranks) {
    return FusedDotHardware.pipeline(this, ranks);
  }

  @Override
  public Inventory inventory(Set<PipelineRank> ranks) {
    return FusedDotHardware.inventory(this, ranks);
  }
}
