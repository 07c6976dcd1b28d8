package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * Parameters of sums that are aligned and cut: runs of products are added exactly, each run and the
 * addend are cut toward zero at F fraction bits below the largest exponent, their sum is exact and
 * rounded once. A fused dot product has runs of one product, a dot product of scaled groups has groups.
 *
 * @param accumulator format of sums
 * @param length products that are aligned together, a multiple of {@code runLength}
 * @param runLength products of a run
 * @param keptFractionBits F
 * @param finalRounding TOWARD_ZERO or TIES_TO_EVEN
 * @param outputFractionBits fraction bits that are computed
 * @param productBits bits of the magnitude of a run's sum before it is cut
 * @param sumBits bits of the magnitude of the aligned sum
 */
public record AlignedRuns(
    FloatFormat accumulator,
    int length,
    int runLength,
    int keptFractionBits,
    RoundingMode finalRounding,
    int outputFractionBits,
    int productBits,
    int sumBits) {

  static AlignedRuns of(FusedDotSpec spec) {
    return new AlignedRuns(
        spec.accumulator(),
        spec.groupLength(),
        1,
        spec.keptFractionBits(),
        spec.finalRounding(),
        spec.outputFractionBits(),
        spec.a().fractionBits() + spec.b().fractionBits() + 2,
        spec.keptFractionBits() + 2 + Widths.ceilLog2(spec.groupLength() + 1));
  }

  static AlignedRuns of(ScaledGroupDotSpec spec) {
    return new AlignedRuns(
        spec.accumulator(),
        spec.length(),
        spec.groupLength(),
        spec.keptFractionBits(),
        spec.finalRounding(),
        spec.accumulator().fractionBits(),
        ScaledGroupHardware.termBits(spec),
        ScaledGroupHardware.sumBits(spec));
  }
}
