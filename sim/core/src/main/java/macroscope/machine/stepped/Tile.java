package macroscope.machine.stepped;

/**
 * One tile of a product on an array.
 *
 * @param firstRow first of what lies on the array's rows: rows of A, or passes of K where sums move
 * @param rows how many of them
 * @param firstColumn first of what lies on its columns: columns of B, rows of A where inputs stay
 * @param columns how many of them
 * @param firstStreamed first of what streams past: passes of K, rows of A, columns of B
 * @param streamed how many of them
 * @param loadBitsA bits of A to fetch before
 * @param loadBitsB bits of B to fetch before
 * @param storeBits bits of results to store after; 0 while sums are not finished
 */
record Tile(
    int firstRow,
    int rows,
    int firstColumn,
    int columns,
    int firstStreamed,
    int streamed,
    long loadBitsA,
    long loadBitsB,
    long storeBits) {

  long loadBits() {
    return loadBitsA + loadBitsB;
  }
}
