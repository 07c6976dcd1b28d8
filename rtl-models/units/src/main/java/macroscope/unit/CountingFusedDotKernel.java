package macroscope.unit;

/**
 * The fused dot product in plain Java that counts what alignment drops and what overflows. NaN and
 * infinite operands count as zeros.
 */
final class CountingFusedDotKernel implements FusedDotKernel {

  private final FusedDotSpec spec;
  private final PlainFusedDotKernel plain;
  private final AlignedSum aligned;
  private final LossCounter counter;

  CountingFusedDotKernel(FusedDotSpec spec, FloatRounder rounder, LossCounter counter) {
    this.spec = spec;
    this.plain = new PlainFusedDotKernel(spec, rounder);
    this.aligned = AlignedSum.of(spec);
    this.counter = counter;
  }

  @Override
  public Strip strip(SignificandPlanes a, int fromRow, int rows, int fromK, int toK) {
    int end = fromK + (toK - fromK + spec.length() - 1) / spec.length() * spec.length();
    return (b, fromColumn, columns, significands, exponents) -> {
      Count count = new Count();
      for (int row = 0; row < rows; row++) {
        var tile =
            new PlainFusedDotKernel.Tile(
                fromColumn, columns, significands, exponents, row * COLUMNS);
        for (int k = fromK; k < end; k += spec.groupLength()) {
          count.addends(tile);
          plain.group(a, fromRow + row, b, k, toK, tile);
          count.group(a, fromRow + row, b, k, Math.min(k + spec.groupLength(), toK), tile);
        }
      }
      counter.add(count.losses());
    };
  }

  /** Counts of one tile. */
  private final class Count {
    private final long[] significands = new long[COLUMNS];
    private final int[] exponents = new int[COLUMNS];
    private long terms;
    private long cut;
    private long vanished;
    private long addends;
    private long addendsCut;
    private long overflows;

    /** Remembers the addends of a group. */
    void addends(PlainFusedDotKernel.Tile tile) {
      System.arraycopy(tile.significands, tile.at, significands, 0, tile.columns);
      System.arraycopy(tile.exponents, tile.at, exponents, 0, tile.columns);
    }

    /** Counts a group that has been added. */
    void group(
        SignificandPlanes a,
        int row,
        SignificandPlanes b,
        int fromK,
        int toK,
        PlainFusedDotKernel.Tile tile) {
      for (int j = 0; j < tile.columns; j++) {
        int largest = tile.largest[j];
        for (int k = fromK; k < toK; k++) {
          int atA = a.layout().index(row, k);
          int atB = b.layout().index(tile.fromColumn + j, k);
          int exponent = a.exponents()[atA] + b.exponents()[atB];
          term((long) a.significands()[atA] * b.significands()[atB], largest - exponent);
        }
        addend(significands[j], largest - exponents[j]);
        boolean infinite = tile.exponents[tile.at + j] == FloatRounder.INFINITE;
        overflows += infinite && exponents[j] != FloatRounder.INFINITE ? 1 : 0;
      }
    }

    private void term(long product, int distance) {
      if (product != 0) {
        long magnitude = Math.abs(product) << aligned.productLeft();
        int drop = Math.min(Long.SIZE - 1, distance + aligned.productRight());
        long kept = magnitude >>> drop;
        terms++;
        cut += kept << drop != magnitude ? 1 : 0;
        vanished += kept == 0 ? 1 : 0;
      }
    }

    private void addend(long significand, int distance) {
      if (significand != 0) {
        long magnitude = Math.abs(significand) << aligned.addendLeft();
        int drop = Math.min(Long.SIZE - 1, distance + aligned.addendRight());
        addends++;
        addendsCut += magnitude >>> drop << drop != magnitude ? 1 : 0;
      }
    }

    Losses losses() {
      return new Losses(terms, cut, vanished, addends, addendsCut, overflows, 0);
    }
  }
}
