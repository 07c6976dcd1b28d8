package macroscope.machine.gpu;

/**
 * The predicted time of a kernel and what it is made of.
 *
 * @param tile the tile that is fastest
 * @param split blocks that share the sum over K of a tile
 * @param resident blocks of a multiprocessor at a time
 * @param blocks blocks in all
 * @param waves rounds of the multiprocessors with most blocks
 * @param computeSeconds of these multiprocessors: main loops, their beginnings and their ends
 * @param dramSeconds of external memory, its first latency included
 * @param reductionSeconds of the second kernel that adds up what splits left; 0 without
 * @param launchSeconds from the host and back
 * @param dramBytes read and written
 * @param loop what the main loop waits for
 * @param work what the kernel does, by level
 */
public record GpuTime(
    KernelTile tile,
    int split,
    int resident,
    long blocks,
    long waves,
    double computeSeconds,
    double dramSeconds,
    double reductionSeconds,
    double launchSeconds,
    double dramBytes,
    Bound loop,
    Work work) {

  /** From the host and back. Blocks multiply while memory streams. */
  public double seconds() {
    return launchSeconds + deviceSeconds();
  }

  /** On the device alone. */
  public double deviceSeconds() {
    return Math.max(computeSeconds, dramSeconds) + reductionSeconds;
  }

  /** {@link #seconds} in milliseconds. */
  public double milliseconds() {
    return seconds() * 1e3;
  }

  /** What takes most of the time: the launch if no other part is as long. */
  public Bound bound() {
    double kernel = Math.max(computeSeconds, dramSeconds);
    return launchSeconds > Math.max(kernel, reductionSeconds) ? Bound.LAUNCH : deviceBound();
  }

  /** What takes most of the time on the device: its memory, or what the main loop waits for. */
  public Bound deviceBound() {
    return dramSeconds > computeSeconds ? Bound.DRAM : loop;
  }

  /** The kernel: tile, and split of K where there is one. */
  public String mapping() {
    return tile + (split == 1 ? "" : ", split " + split);
  }
}
