package macroscope.sweep;

import macroscope.format.PositFormat;
import macroscope.unit.BinaryMacSpec;
import macroscope.unit.BitPlaneMacSpec;
import macroscope.unit.BitSerialSpec;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.CodebookSpec;
import macroscope.unit.ExactGroupDotSpec;
import macroscope.unit.ExactMultiplication;
import macroscope.unit.FmaChainSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.InterleavedDotSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.LogarithmicSumSpec;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.MacSpec;
import macroscope.unit.Multiplication;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.PairwiseDotSpec;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.SramTableSpec;
import macroscope.unit.TernaryTableSpec;
import macroscope.unit.TwoLevelDotSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.VectorFmaSpec;

/** The families of datapaths, in the order of legends. */
public enum Family {
  FUSED("Fused dot product (tensor core)"),
  LOOKUP_TABLE("Lookup tables, bit-serial"),
  KULISCH("Minifloat, Kulisch accumulator (FPGA)"),
  INTEGER_MAC("Integer MAC array"),
  FMA_CHAIN("Chain of fused multiply-adds"),
  MATRIX_CORE("Matrix core (AMD)"),
  MULTIPLIER_FREE("No multiplier, or an approximate one"),
  POSIT("Posit, quire"),
  CODEBOOK("Codebooks of vectors"),
  MIXED("Layers with formats or units of their own");

  private final String title;

  Family(String title) {
    this.title = title;
  }

  /** The name in legends. */
  public String title() {
    return title;
  }

  /** The family of a unit. */
  public static Family of(UnitSpec unit) {
    if (unit.base().isPresent()) {
      return of(unit.base().get());
    }
    if (unit instanceof FusedDotSpec
        || unit instanceof InterleavedDotSpec
        || unit instanceof BlockScaledDotSpec
        || unit instanceof ScaledGroupDotSpec) {
      return FUSED;
    }
    if (unit instanceof LookupTableSpec
        || unit instanceof BitSerialSpec
        || unit instanceof SramTableSpec
        || unit instanceof TernaryTableSpec) {
      return LOOKUP_TABLE;
    }
    if (unit instanceof KulischSpec) {
      return KULISCH;
    }
    if (unit instanceof IntegerMacSpec
        || unit instanceof BinaryMacSpec
        || unit instanceof PackedMacSpec
        || unit instanceof BitPlaneMacSpec) {
      return INTEGER_MAC;
    }
    if (unit instanceof FmaChainSpec || unit instanceof VectorFmaSpec) {
      return FMA_CHAIN;
    }
    if (unit instanceof PairwiseDotSpec
        || unit instanceof ExactGroupDotSpec
        || unit instanceof TwoLevelDotSpec) {
      return MATRIX_CORE;
    }
    if (unit instanceof LogarithmicSumSpec) {
      return MULTIPLIER_FREE;
    }
    if (unit instanceof CodebookSpec) {
      return CODEBOOK;
    }
    if (unit instanceof MacSpec s) {
      return of(s.multiplication());
    }
    throw new IllegalArgumentException("unknown family: " + unit);
  }

  private static Family of(Multiplication multiplication) {
    if (multiplication instanceof ExactMultiplication) {
      return multiplication.a() instanceof PositFormat ? POSIT : INTEGER_MAC;
    }
    return MULTIPLIER_FREE;
  }
}
