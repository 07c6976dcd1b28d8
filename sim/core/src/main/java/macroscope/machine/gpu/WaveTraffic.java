package macroscope.machine.gpu;

import macroscope.workload.Gemm;

/**
 * Bytes that a kernel reads from external memory. Blocks that run at the same time walk along K
 * together, so that a row of A or a column of B comes once for all of them, through the cache; the
 * blocks of a round lie in a rectangle of tiles, as rasterizations of kernel libraries place them.
 * The next round finds nothing in the cache unless the cache holds both operands.
 */
final class WaveTraffic {

  private WaveTraffic() {}

  /**
   * @param concurrent blocks that run at the same time, at least 1
   * @return bytes of both operands for one product of a batch
   */
  static double operandBytes(
      Gpu gpu, Gemm gemm, GemmOperands operands, KernelTile tile, long concurrent) {
    double row = gemm.k() * operands.aBits() / 8;
    double column = gemm.k() * operands.bBits() / 8;
    double once = gemm.m() * row + gemm.n() * column;
    if (once <= gpu.memory().cacheBytes()) {
      return once;
    }
    long rows = ceilDivide(gemm.m(), tile.rows());
    long columns = ceilDivide(gemm.n(), tile.columns());
    double least = Double.POSITIVE_INFINITY;
    for (long high = 1; high <= Math.min(rows, concurrent); high++) {
      long wide = Math.max(1, Math.min(columns, concurrent / high));
      double bytes =
          ceilDivide(columns, wide) * (double) gemm.m() * row
              + ceilDivide(rows, high) * (double) gemm.n() * column;
      least = Math.min(least, bytes);
    }
    return Math.max(once, least);
  }

  static long ceilDivide(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
