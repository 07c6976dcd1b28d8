package macroscope.unit;

import macroscope.hardware.Widths;

/**
 * Parameters of a lookup-table unit as T-MAC runs it (arXiv 2407.00088): weights as bit planes, the
 * sums of {@code tableInputs} activations with every sign pattern in tables quantized to int8, one
 * lookup for {@code tableInputs} one-bit weights.
 *
 * @param name descriptive name
 * @param weightBits 1..4; a weight code w stands for w - 2^(weightBits-1)
 * @param weightGroup weights along K that share a scale; 0 for one scale a row
 * @param activationGroup activations whose tables share a scale (32, 64, ... or 0 for all of K)
 * @param tablesPerCall T-MAC's kfactor: tables one kernel call adds, 8 or 16; decides the order of
 *     the floating-point steps
 * @param numberSystem arithmetic of the scale steps: FP32 (AVX2 kernels) or FP16 (NEON kernels)
 * @param aggregation exact (widening adds) or fast (8-bit averaging tree)
 */
public record LookupTableSpec(
    String name,
    int weightBits,
    int weightGroup,
    int activationGroup,
    int tablesPerCall,
    NumberSystem numberSystem,
    Aggregation aggregation)
    implements UnitSpec {

  /** Activations a table covers: g = 4, sixteen entries. */
  public static final int TABLE_INPUTS = 4;

  /** Arithmetic of the steps that are not integer. */
  public enum NumberSystem {
    FP32_AVX2,
    FP16_NEON
  }

  /** How looked-up entries are added. */
  public enum Aggregation {
    EXACT,
    /** 8-bit averaging tree, with upstream's defects reproduced (bias for 8 lookups, unsigned AVX2). */
    FAST_AS_UPSTREAM
  }

  public LookupTableSpec {
    Widths.inRange("weight bits", weightBits, 1, 4);
    Widths.inRange("weight group", weightGroup, 0, 1 << 20);
    Widths.inRange("activation group", activationGroup, 0, 1 << 20);
    if (tablesPerCall != 8 && tablesPerCall != 16) {
      throw new IllegalArgumentException("tables per call must be 8 or 16: " + tablesPerCall);
    }
  }
}
