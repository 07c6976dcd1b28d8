package macroscope.unit;

import java.util.Optional;

/** The parameters of a unit: everything that its bits, its time and its hardware follow from. */
public sealed interface UnitSpec
    permits StagedSpec,
        InterleavedDotSpec,
        BlockScaledDotSpec,
        ScaledGroupDotSpec,
        PairwiseDotSpec,
        ExactGroupDotSpec,
        TwoLevelDotSpec,
        VectorFmaSpec,
        PackedMacSpec,
        FmaChainSpec,
        LookupTableSpec,
        BitSerialSpec,
        SramTableSpec,
        TernaryTableSpec,
        MacSpec,
        BinaryMacSpec,
        BitPlaneMacSpec,
        SparseDotSpec,
        PromotedSpec,
        PipelinedSpec,
        DequantizedSpec,
        MixedBlocksSpec,
        CodebookSpec,
        LogarithmicSumSpec {

  /** Name for reports: a preset's name, or the family and its parameters. */
  String name();

  /** The unit that this puts an option around, if it does. */
  default Optional<UnitSpec> base() {
    return Optional.empty();
  }
}
