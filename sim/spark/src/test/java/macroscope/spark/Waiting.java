package macroscope.spark;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for other processes, for a bounded time. */
final class Waiting {
  private static final long PAUSE_MILLISECONDS = 50;

  private Waiting() {}

  /** The first text that is not empty. */
  static String until(Duration patience, Supplier<String> text, Supplier<String> complaint) {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      String found = text.get();
      if (!found.isEmpty()) {
        return found;
      }
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("waited in vain; " + complaint.get());
  }
}
