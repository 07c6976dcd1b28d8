package macroscope.unit;

import java.util.Objects;
import macroscope.hardware.Widths;

/**
 * Parameters of a lookup-table unit as T-MAC runs it (arXiv 2407.00088; kernels of microsoft/T-MAC at
 * commit 7042f8f): weights as bit planes, the sums of {@link #TABLE_INPUTS} activations under every
 * sign pattern in tables quantized to int8, one lookup for {@code TABLE_INPUTS} one-bit weights.
 *
 * <p>Legal shapes, as upstream's kernels need them: a kernel call covers {@code 4 * tablesPerCall}
 * inputs (a tile); an activation group is a multiple of 32 that divides a tile, or all of K; a weight
 * group is a multiple of a tile, or all of K. With one activation scale for all of K ("unified") the
 * partial sums stay integers over all of K, so that weight scales are those of whole rows and
 * aggregation is exact.
 *
 * @param name descriptive name
 * @param weightBits 1..4; a weight code w stands for w - 2^(weightBits-1). Ternary weights run as 2
 *     bits
 * @param weightGroup weights along K that share a scale; 0 for one scale a row
 * @param activationGroup activations whose tables share a scale (32, 64, or 0 for all of K)
 * @param tablesPerCall T-MAC's kfactor: tables one kernel call adds, 8 or 16; decides the order of
 *     the floating-point steps
 * @param numberSystem arithmetic of the scale steps: FP32 (AVX2 kernels) or FP16 (NEON kernels)
 * @param aggregation exact (widening adds) or fast (8-bit averaging tree)
 * @param unitsPerTable units of an array that read one table; 0 for all that the array feeds with the
 *     same activations. What a table costs is divided among them
 */
public record LookupTableSpec(
    String name,
    int weightBits,
    int weightGroup,
    int activationGroup,
    int tablesPerCall,
    NumberSystem numberSystem,
    Aggregation aggregation,
    int unitsPerTable)
    implements UnitSpec {

  /** Activations a table covers: g = 4, sixteen entries. */
  public static final int TABLE_INPUTS = 4;

  /** Activations that upstream's table builder takes at a time: activation groups are multiples of it. */
  public static final int CHUNK_INPUTS = 32;

  /** Arithmetic of the steps that are not integer. */
  public enum NumberSystem {
    FP32_AVX2,
    FP16_NEON
  }

  /** How looked-up entries are added, and which of upstream's two defects are reproduced. */
  public enum Aggregation {
    /** Widening adds: no rounding. */
    EXACT,
    /** 8-bit averaging tree as upstream's kernels have it: with every defect below that they have. */
    FAST_AS_UPSTREAM,
    /**
     * 8-bit averaging tree of signed bytes whose bias is removed in whole units: upstream computes
     * log2(n)/4 as an integer division, which leaves the bias of rounding up in sums of 8 lookups.
     */
    FAST_BIAS_DIVISION,
    /**
     * 8-bit averaging tree that takes signed bytes for unsigned ones (VPAVGB in upstream's AVX2
     * kernel), its bias removed in full.
     */
    FAST_UNSIGNED_AVERAGE,
    /** 8-bit averaging tree of signed bytes with the bias of log2(n)/4 a node removed for every n. */
    FAST_CORRECTED;

    /** Whether the bias of rounding up is divided by 4 as an integer. */
    boolean dividesBias() {
      return this == FAST_AS_UPSTREAM || this == FAST_BIAS_DIVISION;
    }

    /** Whether bytes are averaged as unsigned ones in the kernels of a number system. */
    boolean averagesUnsigned(NumberSystem system) {
      return system == NumberSystem.FP32_AVX2
          && (this == FAST_AS_UPSTREAM || this == FAST_UNSIGNED_AVERAGE);
    }
  }

  public LookupTableSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(numberSystem, "number system");
    Objects.requireNonNull(aggregation, "aggregation");
    Widths.inRange("weight bits", weightBits, 1, 4);
    Widths.inRange("weight group", weightGroup, 0, 1 << 20);
    Widths.inRange("activation group", activationGroup, 0, 1 << 20);
    Widths.inRange("units per table", unitsPerTable, 0, 1 << 14);
    if (aggregation == Aggregation.FAST_UNSIGNED_AVERAGE
        && !aggregation.averagesUnsigned(numberSystem)) {
      throw new IllegalArgumentException(
          "aggregation FAST_UNSIGNED_AVERAGE needs number system FP32_AVX2: " + numberSystem);
    }
    if (tablesPerCall != 8 && tablesPerCall != 16) {
      throw new IllegalArgumentException("tables per call must be 8 or 16: " + tablesPerCall);
    }
    int tile = TABLE_INPUTS * tablesPerCall;
    if (weightGroup % tile != 0) {
      throw new IllegalArgumentException(
          "weight group must be a multiple of the " + tile + " inputs of a call: " + weightGroup);
    }
    if (activationGroup == 0) {
      requireUnified(weightGroup, aggregation);
    } else if (activationGroup % CHUNK_INPUTS != 0 || tile % activationGroup != 0) {
      throw new IllegalArgumentException(
          "activation group must be 0 or a multiple of 32 that divides the "
              + tile
              + " inputs of a call: "
              + activationGroup);
    }
  }

  /** A unit whose tables serve all units of an array that get the same activations. */
  public LookupTableSpec(
      String name,
      int weightBits,
      int weightGroup,
      int activationGroup,
      int tablesPerCall,
      NumberSystem numberSystem,
      Aggregation aggregation) {
    this(
        name,
        weightBits,
        weightGroup,
        activationGroup,
        tablesPerCall,
        numberSystem,
        aggregation,
        0);
  }

  private static void requireUnified(int weightGroup, Aggregation aggregation) {
    if (weightGroup != 0) {
      throw new IllegalArgumentException(
          "weight group must be 0 where one activation scale covers all of K: " + weightGroup);
    }
    if (aggregation != Aggregation.EXACT) {
      throw new IllegalArgumentException(
          "aggregation must be EXACT where one activation scale covers all of K: " + aggregation);
    }
  }

  /** Whether one activation scale covers all of K, so that sums stay integers over all of K. */
  public boolean unified() {
    return activationGroup == 0;
  }

  /** Inputs of a tile: what one kernel call reads of K. */
  public int tileInputs() {
    return TABLE_INPUTS * tablesPerCall;
  }

  /** T-MAC's ActK: lookups that are added as integers before a scale step. */
  public int lookupsPerSum() {
    return unified() ? tablesPerCall : activationGroup / TABLE_INPUTS;
  }

  /** {@code inputs} rounded up to whole tiles: the K that a unit pads to. */
  public int paddedInputs(int inputs) {
    int tile = tileInputs();
    return Math.multiplyExact((Widths.positive("inputs", inputs) + tile - 1) / tile, tile);
  }
}
