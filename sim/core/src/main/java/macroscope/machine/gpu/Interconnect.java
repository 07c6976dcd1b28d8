package macroscope.machine.gpu;

import java.util.List;

/**
 * Links between graphics processors of one node and what sums over all of them take. Each protocol of the
 * library has a latency and a bandwidth of its own, and the fastest is taken (NCCL: LL, LL128, Simple). A
 * ring of p processors sends 2 (p - 1) / p of the data over each link, in 2 (p - 1) steps.
 *
 * @param protocols measured on four processors
 */
public record Interconnect(List<Protocol> protocols) {

  /** Processors of the measurements that latencies are those of. */
  private static final int MEASURED = 4;

  /**
   * A protocol.
   *
   * @param latencyMicroseconds of the least data on four processors
   * @param gigabytesPerSecond of each link in each direction, 10^9 bytes
   */
  public record Protocol(double latencyMicroseconds, double gigabytesPerSecond) {
    public Protocol {
      GpuMemory.positive("latency microseconds of a protocol", latencyMicroseconds);
      GpuMemory.positive("gigabytes a second of a protocol", gigabytesPerSecond);
    }
  }

  public Interconnect {
    protocols = List.copyOf(protocols);
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("an interconnect must have at least one protocol");
    }
  }

  /** Seconds in which so many processors add up vectors of so many bytes, each of which all get. */
  public double allReduceSeconds(int processors, double bytes) {
    if (processors < 2) {
      return 0;
    }
    double sent = 2 * (processors - 1.0) / processors * bytes;
    double steps = (processors - 1.0) / (MEASURED - 1);
    return protocols.stream()
        .mapToDouble(
            p -> p.latencyMicroseconds() * 1e-6 * steps + sent / (p.gigabytesPerSecond() * 1e9))
        .min()
        .orElseThrow();
  }
}
