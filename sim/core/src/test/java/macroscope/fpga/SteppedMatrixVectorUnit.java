package macroscope.fpga;

/**
 * A matrix-vector unit stepped cycle by cycle: registers for the word of the vector, the group of rows
 * and the sums of its processing elements, a buffer that replays the vector. It knows no formula of the
 * whole.
 */
final class SteppedMatrixVectorUnit {

  private final long[][] weights;
  private final long[][] vectors;
  private final int pe;
  private final int simd;
  private final long[][] results;
  private long cycles;
  private int wordsRead;
  private int wordsReplayed;

  /**
   * @param weights rows x columns
   * @param vectors vectors x columns
   */
  SteppedMatrixVectorUnit(long[][] weights, long[][] vectors, Folding folding) {
    this.weights = weights;
    this.vectors = vectors;
    this.pe = folding.pe();
    this.simd = folding.simd();
    this.results = new long[vectors.length][weights.length];
  }

  /** Steps until the last sum has left. */
  SteppedMatrixVectorUnit run() {
    long[] sums = new long[pe];
    long[] buffer = new long[weights[0].length];
    int stream = 0;
    int word = 0;
    int group = 0;
    int left = vectors.length * weights.length;
    while (left > 0) {
      long[] input = new long[simd];
      for (int s = 0; s < simd; s++) {
        int column = word * simd + s;
        if (group == 0) {
          buffer[column] = vectors[stream / weights[0].length][stream % weights[0].length];
          stream++;
        }
        input[s] = buffer[column];
      }
      if (group == 0) {
        wordsRead++;
      } else {
        wordsReplayed++;
      }
      int vector = (stream - 1) / weights[0].length;
      for (int p = 0; p < pe; p++) {
        long sum = word == 0 ? 0 : sums[p];
        for (int s = 0; s < simd; s++) {
          sum += input[s] * weights[group * pe + p][word * simd + s];
        }
        sums[p] = sum;
      }
      word++;
      if (word * simd == weights[0].length) {
        for (int p = 0; p < pe; p++) {
          results[vector][group * pe + p] = sums[p];
          left--;
        }
        word = 0;
        group = (group + 1) * pe == weights.length ? 0 : group + 1;
      }
      cycles++;
    }
    return this;
  }

  long cycles() {
    return cycles;
  }

  /** Words of {@code simd} numbers taken from the stream of vectors. */
  int wordsRead() {
    return wordsRead;
  }

  int wordsReplayed() {
    return wordsReplayed;
  }

  long[][] results() {
    return results;
  }
}
