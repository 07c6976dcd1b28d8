package macroscope.unit;

import macroscope.format.RoundingMode;

/**
 * The fused dot product in plain Java: for each group the largest exponent of every column, then the
 * aligned sums, then one rounding. Loops run over columns, so that planes are read as they lie.
 */
final class PlainFusedDotKernel implements FusedDotKernel {

  /** Exponent of what is no term: with another operand's added still below every term's. */
  static final int NO_TERM = -(1 << 16);

  private final int length;
  private final int groupLength;
  private final boolean zerosCount;
  private final int leastExponent;
  private final boolean floor;
  private final AlignedSum aligned;
  private final FloatRounder rounder;

  PlainFusedDotKernel(FusedDotSpec spec, FloatRounder rounder) {
    this.length = spec.length();
    this.groupLength = spec.groupLength();
    this.zerosCount = spec.alignment().zerosCount();
    this.leastExponent = spec.alignment().leastExponent().orElse(3 * NO_TERM);
    this.floor = spec.alignment().truncation() == RoundingMode.TOWARD_NEGATIVE;
    this.aligned = AlignedSum.of(spec);
    this.rounder = rounder;
  }

  @Override
  public Strip strip(SignificandPlanes a, int fromRow, int rows, int fromK, int toK) {
    int end = fromK + (toK - fromK + length - 1) / length * length;
    return (b, fromColumn, columns, significands, exponents) -> {
      for (int row = 0; row < rows; row++) {
        Tile tile = new Tile(fromColumn, columns, significands, exponents, row * COLUMNS);
        for (int k = fromK; k < end; k += groupLength) {
          group(a, fromRow + row, b, k, toK, tile);
        }
      }
    };
  }

  /** Accumulators of a run of columns, from {@code at} on, and room for their group in progress. */
  static final class Tile {
    final int fromColumn;
    final int columns;
    final long[] significands;
    final int[] exponents;
    final int at;
    final int[] largest;
    final long[] sums;

    Tile(int fromColumn, int columns, long[] significands, int[] exponents, int at) {
      this.fromColumn = fromColumn;
      this.columns = columns;
      this.significands = significands;
      this.exponents = exponents;
      this.at = at;
      this.largest = new int[columns];
      this.sums = new long[columns];
    }
  }

  /** One group from {@code fromK} on; what lies at or beyond {@code limitK} is padding. */
  void group(SignificandPlanes a, int row, SignificandPlanes b, int fromK, int limitK, Tile tile) {
    int toK = Math.min(fromK + groupLength, limitK);
    boolean padded = zerosCount && toK - fromK < groupLength;
    int least = Math.max(leastExponent, padded ? AlignedSum.PADDING_EXPONENT : leastExponent);
    for (int j = 0; j < tile.columns; j++) {
      boolean term = zerosCount || tile.significands[tile.at + j] != 0;
      tile.largest[j] = term ? Math.max(tile.exponents[tile.at + j], least) : least;
    }
    for (int k = fromK; k < toK; k++) {
      int exponent = a.exponents()[a.layout().index(row, k)];
      raise(tile.largest, exponent, b.exponents(), b.layout().index(tile.fromColumn, k));
    }
    for (int j = 0; j < tile.columns; j++) {
      tile.sums[j] =
          aligned.cutAddend(
              tile.significands[tile.at + j], tile.exponents[tile.at + j], tile.largest[j], floor);
    }
    for (int k = fromK; k < toK; k++) {
      int at = a.layout().index(row, k);
      if (a.significands()[at] != 0) {
        int from = b.layout().index(tile.fromColumn, k);
        addProducts(a.significands()[at], a.exponents()[at], b, from, tile.largest, tile.sums);
      }
    }
    for (int j = 0; j < tile.columns; j++) {
      int unit = tile.largest[j] - aligned.keptFractionBits();
      rounder.round(tile.sums[j], unit, tile.significands, tile.exponents, tile.at + j);
    }
  }

  private static void raise(int[] largest, int exponent, int[] exponents, int from) {
    for (int j = 0; j < largest.length; j++) {
      largest[j] = Math.max(largest[j], exponent + exponents[from + j]);
    }
  }

  private void addProducts(
      int significand, int exponent, SignificandPlanes b, int from, int[] largest, long[] sums) {
    long shifted = (long) significand << aligned.productLeft();
    int right = aligned.productRight() - exponent;
    int[] significands = b.significands();
    int[] exponents = b.exponents();
    for (int j = 0; j < sums.length; j++) {
      int drop = right + largest[j] - exponents[from + j];
      long product = shifted * significands[from + j];
      sums[j] += floor ? AlignedSum.floor(product, drop) : AlignedSum.truncate(product, drop);
    }
  }
}
