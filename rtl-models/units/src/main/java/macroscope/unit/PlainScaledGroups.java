package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * The loops of {@link ScaledGroupDotUnit} in plain Java, over columns of one block: exact sums of the
 * groups of a pass, then their terms and the addend, column by column.
 */
final class PlainScaledGroups {

  private final ScaledGroupDotSpec spec;
  private final FloatRounder rounder;

  /** Fraction bits of a term: its value is {@code integer * 2^(exponent - termFractionBits)}. */
  private final int termFractionBits;

  private final int addendShift;

  /**
   * @throws IllegalArgumentException if a term or the sum does not fit 62 bits
   */
  PlainScaledGroups(ScaledGroupDotSpec spec, FloatRounder rounder) {
    this.spec = spec;
    this.rounder = rounder;
    this.termFractionBits =
        unitExponent(spec.a()) + unitExponent(spec.b()) + 2 * spec.scale().fractionBits();
    this.addendShift = spec.keptFractionBits() - spec.accumulator().fractionBits();
    int termBits = ScaledGroupHardware.termBits(spec);
    int shifted = termBits + Math.max(0, spec.keptFractionBits() - termFractionBits);
    int sum = ScaledGroupHardware.sumBits(spec);
    Widths.inRange("bits of an aligned term", shifted, 1, 61);
    Widths.inRange("bits of the aligned sum", sum, 1, 61);
  }

  /** Numbers of the format are integers times 2^-this. */
  static int unitExponent(FloatFormat format) {
    return format.fractionBits() - format.minExponent();
  }

  /**
   * Adds the products of some rows with one block of columns to accumulators, pass by pass.
   *
   * @param columns columns of the block
   * @param toK one past the last k, whole passes from {@code fromK}
   * @param significands accumulators as {@link FloatRounder} holds them, {@link OperandShape#BLOCK}
   *     for each row; modified
   * @param exponents their exponents; modified likewise
   */
  void accumulate(
      ScaledGroupDotUnit.Operand a,
      int fromRow,
      int rows,
      ScaledGroupDotUnit.Operand b,
      int block,
      int columns,
      int fromK,
      int toK,
      long[] significands,
      int[] exponents) {
    int[][] groups = new int[spec.groups()][columns];
    for (int i = 0; i < rows; i++) {
      for (int k = fromK; k < toK; k += spec.length()) {
        addGroups(a, fromRow + i, b, block, k, groups);
        int[] scales = new int[groups.length];
        for (int g = 0; g < scales.length; g++) {
          scales[g] = a.scales().index(fromRow + i, k + g * spec.groupLength());
        }
        for (int j = 0, at = i * OperandShape.BLOCK; j < columns; j++, at++) {
          int row = block * OperandShape.BLOCK + j;
          align(a.scales(), scales, b.scales(), row, k, groups, j, significands, exponents, at);
        }
      }
    }
  }

  private void addGroups(
      ScaledGroupDotUnit.Operand a,
      int row,
      ScaledGroupDotUnit.Operand b,
      int block,
      int fromK,
      int[][] groups) {
    int n = spec.groupLength();
    for (int g = 0; g < groups.length; g++) {
      int k = fromK + g * n;
      Arrays.fill(groups[g], 0);
      IntegerPlanes.addProducts(a.integers(), row, b.integers(), block, k, k + n, groups[g]);
    }
  }

  /** The terms of one column: group sums with their scales, and the addend. */
  private void align(
      BlockScales a,
      int[] scalesA,
      BlockScales b,
      int row,
      int fromK,
      int[][] groups,
      int j,
      long[] significands,
      int[] exponents,
      int at) {
    int n = spec.groupLength();
    int largest = exponents[at];
    for (int g = 0; g < scalesA.length; g++) {
      int exponent = a.exponent(scalesA[g]) + b.exponent(b.index(row, fromK + g * n));
      largest = Math.max(largest, exponent);
    }
    long sum = aligned(significands[at], addendShift + exponents[at] - largest);
    int lift = spec.keptFractionBits() - termFractionBits - largest;
    for (int g = 0; g < scalesA.length; g++) {
      int scaleB = b.index(row, fromK + g * n);
      long scale = a.significand(scalesA[g]) * b.significand(scaleB);
      int up = lift + a.exponent(scalesA[g]) + b.exponent(scaleB);
      sum += aligned(groups[g][j] * scale, up);
    }
    rounder.round(sum, largest - spec.keptFractionBits(), significands, exponents, at);
  }

  /** {@code x * 2^up}, toward zero. */
  private static long aligned(long x, int up) {
    return up >= 0 ? x << up : AlignedSum.truncate(x, -up);
  }
}
