package macroscope.machine.gpu;

/**
 * What a kernel does, by level.
 *
 * @param macs multiply-accumulates of matrix units; padding multiplies zeros and is not counted
 * @param vectorOperations operations of vector lanes, exponentials included
 * @param sharedBytes read from and written to shared memory
 * @param cacheBytes read from and written to the second-level cache
 * @param dramBytes read from and written to external memory
 */
public record Work(
    double macs, double vectorOperations, double sharedBytes, double cacheBytes, double dramBytes) {

  /** Nothing. */
  public static final Work NONE = new Work(0, 0, 0, 0, 0);

  /** This and another. */
  public Work plus(Work other) {
    return new Work(
        macs + other.macs,
        vectorOperations + other.vectorOperations,
        sharedBytes + other.sharedBytes,
        cacheBytes + other.cacheBytes,
        dramBytes + other.dramBytes);
  }

  /** So many times this. */
  public Work times(double count) {
    return new Work(
        macs * count,
        vectorOperations * count,
        sharedBytes * count,
        cacheBytes * count,
        dramBytes * count);
  }
}
