package macroscope.machine.gpu;

/**
 * The memories of a graphics processor.
 *
 * @param registers 32-bit registers of a multiprocessor
 * @param sharedBytes shared memory that the blocks of a multiprocessor can use
 * @param sharedBytesPerCycle what it reads or writes a cycle
 * @param cacheBytes capacity of the second-level cache
 * @param cacheBytesPerCycle what it reads a cycle for all multiprocessors
 * @param cachePortBytesPerCycle what one multiprocessor takes from it a cycle
 * @param dramGigabytesPerSecond peak bandwidth of external memory, 10^9 bytes
 * @param dramLatencyCycles from a load to its data when no cache has it
 * @param dramBytes capacity of external memory
 */
public record GpuMemory(
    double registers,
    double sharedBytes,
    double sharedBytesPerCycle,
    double cacheBytes,
    double cacheBytesPerCycle,
    double cachePortBytesPerCycle,
    double dramGigabytesPerSecond,
    double dramLatencyCycles,
    double dramBytes) {

  public GpuMemory {
    positive("registers", registers);
    positive("shared memory bytes", sharedBytes);
    positive("shared memory bytes a cycle", sharedBytesPerCycle);
    positive("cache bytes", cacheBytes);
    positive("cache bytes a cycle", cacheBytesPerCycle);
    positive("cache bytes a cycle of one multiprocessor", cachePortBytesPerCycle);
    positive("DRAM gigabytes a second", dramGigabytesPerSecond);
    positive("DRAM latency cycles", dramLatencyCycles);
    positive("DRAM bytes", dramBytes);
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
    }
  }
}
