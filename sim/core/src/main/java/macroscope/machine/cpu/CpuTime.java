package macroscope.machine.cpu;

/**
 * The predicted time of a kernel on one core, and what it is made of.
 *
 * @param loopSeconds of its instructions
 * @param memorySeconds of the weights that stream past
 * @param work what it does
 */
public record CpuTime(double loopSeconds, double memorySeconds, KernelWork work) {

  /** The slower of both; prefetching makes them overlap. */
  public double seconds() {
    return Math.max(loopSeconds, memorySeconds);
  }

  /** {@link #seconds} in milliseconds. */
  public double milliseconds() {
    return seconds() * 1e3;
  }

  /** Whether weights arrive more slowly than they are multiplied. */
  public boolean boundByMemory() {
    return memorySeconds > loopSeconds;
  }
}
