package macroscope.machine.gpu;

import java.util.Locale;

/** What most of a kernel's time is spent waiting for. */
public enum Bound {
  LAUNCH,
  TENSOR_CORES,
  VECTOR_LANES,
  SHARED_MEMORY,
  L2_CACHE,
  LATENCY,
  DRAM,
  INTERCONNECT;

  /** In words. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
