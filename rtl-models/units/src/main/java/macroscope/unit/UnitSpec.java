package macroscope.unit;

/** The parameters of a unit: everything that its bits, its time and its hardware follow from. */
public sealed interface UnitSpec
    permits FusedDotSpec,
        InterleavedDotSpec,
        BlockScaledDotSpec,
        ScaledGroupDotSpec,
        PairwiseDotSpec,
        ExactGroupDotSpec,
        TwoLevelDotSpec,
        VectorFmaSpec,
        KulischSpec,
        IntegerMacSpec,
        FmaChainSpec,
        LookupTableSpec,
        BitSerialSpec,
        TernaryTableSpec,
        MacSpec {

  /** Name for reports: a preset's name, or the family and its parameters. */
  String name();
}
