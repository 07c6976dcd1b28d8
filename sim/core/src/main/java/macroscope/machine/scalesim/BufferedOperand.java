package macroscope.machine.scalesim;

/**
 * A matrix in the order in which SCALE-Sim fetches it: vectors lie side by side on the lanes of one
 * edge of the array, and those that find no lane follow as further folds.
 *
 * @param vectors rows of A or columns of B, or of K where sums move
 * @param lanes R or C, vectors beside each other
 * @param depth elements of a vector
 * @param skewed whether lanes are fetched along diagonals, as an array wants them, or row by row
 */
record BufferedOperand(int vectors, int lanes, int depth, boolean skewed) {

  /** Elements of the matrix. */
  long elements() {
    return (long) vectors * depth;
  }

  /** Index of an element in {@link #sets}. */
  int element(int vector, int index) {
    return vector * depth + index;
  }

  /** For each element the set of {@code setSize} elements fetched together that it belongs to. */
  int[] sets(int setSize) {
    int[] sets = new int[Math.toIntExact(elements())];
    int folds = (vectors + lanes - 1) / lanes;
    int rows = Math.multiplyExact(folds, depth);
    int fetched = 0;
    if (!skewed) {
      for (int row = 0; row < rows; row++) {
        for (int lane = 0; lane < lanes; lane++) {
          fetched = place(row, lane, fetched, setSize, sets);
        }
      }
      return sets;
    }
    for (int diagonal = 0; diagonal < rows + lanes - 1; diagonal++) {
      for (int lane = Math.max(0, diagonal - rows + 1); lane <= diagonal && lane < lanes; lane++) {
        fetched = place(diagonal - lane, lane, fetched, setSize, sets);
      }
    }
    return sets;
  }

  /** Lanes beyond the last vector are empty and fetch nothing. */
  private int place(int row, int lane, int fetched, int setSize, int[] sets) {
    int vector = row / depth * lanes + lane;
    if (vector >= vectors) {
      return fetched;
    }
    sets[element(vector, row % depth)] = fetched / setSize;
    return fetched + 1;
  }
}
