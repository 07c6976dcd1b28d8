package macroscope.machine.scalesim;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The SRAM of results: once more than half of it is full, half is drained, a line of words a cycle,
 * while the rest fills. The array waits only for a drain while the SRAM is full.
 */
final class WriteBuffer {

  private final long words;
  private final int lineWords;
  private final long drained;
  private final Deque<Integer> lines = new ArrayDeque<>();
  private int filled;
  private long free;
  private long drainEnd;

  WriteBuffer(long words, int wordsPerCycle) {
    this.words = words;
    this.lineWords = wordsPerCycle;
    this.drained = words / 2;
    this.free = words;
  }

  /** Writes so many results in a cycle; the cycles that the array waits. */
  long write(int results, long cycle) {
    long now = cycle;
    for (int i = 0; i < results; i++) {
      store();
      if (now < drainEnd) {
        now = free > 0 ? now : drainEnd;
      } else if (free < words - drained) {
        closeLine();
        drainEnd = now + drain() - 1;
      }
    }
    return now - cycle;
  }

  private void store() {
    filled++;
    free--;
    if (filled == lineWords) {
      closeLine();
    }
  }

  private void closeLine() {
    if (filled > 0) {
      lines.add(filled);
      filled = 0;
    }
  }

  /**
   * Cycles of draining a half. Lines that were closed before they were full count as full, unless they
   * are the last, as in SCALE-Sim.
   */
  private long drain() {
    long most = Math.min((drained + lineWords - 1) / lineWords, lines.size());
    int last = lineWords;
    for (long line = 0; line < most; line++) {
      last = lines.remove();
    }
    free += (most - 1) * lineWords + last;
    return most;
  }
}
