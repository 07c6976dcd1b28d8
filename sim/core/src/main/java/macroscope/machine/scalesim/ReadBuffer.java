package macroscope.machine.scalesim;

/**
 * An SRAM that holds a window of an operand in the order of its fetching: half of it is read while the
 * other half is fetched. An element outside the window makes the window move on by a half, which is
 * there when its fetch ends; fetches follow each other without a gap.
 */
final class ReadBuffer {

  /** SCALE-Sim tells where elements are by hundredths of the SRAM. */
  private static final int SETS = 100;

  private static final int FETCH_LATENCY = 1;
  private static final int HIT_LATENCY = 1;

  private final boolean holdsAll;
  private final int[] sets;
  private final int lines;
  private final int window;
  private final int step;
  private final long fetchCycles;
  private int start;
  private long fetched = -1;
  private long cycle;
  private long offset;

  ReadBuffer(BufferedOperand operand, long words, int wordsPerCycle) {
    int setSize = Math.toIntExact(ceilDivide(words, SETS));
    long half = ceilDivide(words, 2);
    this.lines = Math.toIntExact(operand.elements() / setSize + 1);
    this.window = (int) Math.min(lines, ceilDivide(half, setSize));
    this.step = (int) Math.min(lines - window, ceilDivide(words - half, setSize));
    this.fetchCycles = ceilDivide(words - half, wordsPerCycle) + FETCH_LATENCY;
    this.holdsAll = window == lines;
    this.sets = holdsAll ? new int[0] : operand.sets(setSize);
  }

  /** Whether nothing is ever waited for: what is read first is fetched before the first cycle. */
  boolean holdsAll() {
    return holdsAll;
  }

  /** Elements are read from now on in this cycle. */
  void begin(long now) {
    cycle = now;
    offset = HIT_LATENCY;
  }

  /**
   * Reads one element. A wait for a fetch counts twice, and a fetch that ended long ago lets the
   * cycle's wait begin before the cycle, as in SCALE-Sim v3.
   */
  void read(int element) {
    while (Math.floorMod(sets[element] - start, lines) >= window) {
      start = (start + step) % lines;
      fetched += fetchCycles;
      long wait = fetched - (cycle + offset);
      offset += wait + Math.max(0, wait);
    }
  }

  /** Cycles that the array waits in this cycle; below 0 if everything was there long before. */
  long stall() {
    return offset - HIT_LATENCY;
  }

  private static long ceilDivide(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
