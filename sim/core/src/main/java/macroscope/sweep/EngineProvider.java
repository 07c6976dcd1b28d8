package macroscope.sweep;

/**
 * An engine that a library on the class path brings, found by {@link java.util.ServiceLoader}: what it needs
 * is not needed by who does not ask for it.
 */
public interface EngineProvider {

  /** As users ask for it. */
  String name();

  /**
   * The engine.
   *
   * @param master URL of what hands out work
   * @param sweep name of the sweep, for those who look at the machines
   * @throws macroscope.input.InputException if that URL cannot be one
   */
  Engine engine(String master, String sweep);
}
