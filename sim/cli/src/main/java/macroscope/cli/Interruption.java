package macroscope.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jline.utils.Signals;

/**
 * What SIGINT and SIGTERM do while a sweep runs: the first asks it to stop, and is true from then on;
 * the second ends the program at once, with exit code 130. Lines of the journal are written whole or cut
 * off when they are read again, so that no more is lost than the measurements in flight.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {

  static final int EXIT_CODE = 130;

  private final AtomicInteger signals = new AtomicInteger();
  private final Map<String, Object> former = new LinkedHashMap<>();
  private final IntSupplier kept;
  private final Path folder;

  /**
   * @param kept measurements that the journal holds by now
   */
  Interruption(IntSupplier kept, Path folder) {
    this.kept = kept;
    this.folder = folder;
    for (String signal : new String[] {"INT", "TERM"}) {
      former.put(signal, Signals.register(signal, this::signalled));
    }
  }

  private void signalled() {
    if (signals.incrementAndGet() == 1) {
      System.err.println(
          "\nmacroscope: stopping; what is being measured is finished (once more: stop at once)");
      return;
    }
    System.err.println("\n" + message(kept.getAsInt(), folder));
    System.err.flush();
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  /** What is kept, and how to go on. */
  static String message(int kept, Path folder) {
    return "macroscope: interrupted; "
        + kept
        + (kept == 1 ? " measurement is" : " measurements are")
        + " kept in "
        + folder
        + ", --resume goes on from there";
  }

  @Override
  public boolean getAsBoolean() {
    return signals.get() > 0;
  }

  /** The sweep is done: signals mean what they mean elsewhere. */
  @Override
  public void close() {
    former.forEach(Signals::unregister);
  }
}
