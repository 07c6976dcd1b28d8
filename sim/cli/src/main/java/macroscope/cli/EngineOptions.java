package macroscope.cli;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.input.InputException;
import macroscope.sweep.Engine;
import macroscope.sweep.EngineProvider;
import macroscope.sweep.LocalEngine;
import picocli.CommandLine.Option;

/** Where the measurements of a sweep are made. */
final class EngineOptions {

  private static final String LOCAL = "local";

  /** Engines that come apart from the program: the launcher puts them on the class path when asked. */
  private static final List<String> APART = List.of("spark");

  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = LOCAL,
      description = {
        "Where networks run: local, on threads of this machine, or spark, on an Apache Spark cluster",
        "(default: ${DEFAULT-VALUE}). The files are the same bytes."
      })
  private String engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master: spark://HOST:PORT, of a standby pair spark://A:PORT,B:PORT.")
  private Optional<String> master = Optional.empty();

  /** Whether the work is done on this machine. */
  boolean isLocal() {
    return engine.equals(LOCAL);
  }

  /** Whether the user asked for an engine that is not the usual one, or said how to find it. */
  boolean isGiven() {
    return !isLocal() || master.isPresent();
  }

  /**
   * The engine.
   *
   * @param sweep name of the sweep
   * @param threads measurements at a time on this machine
   * @throws InputException if there is none of that name, or it lacks its master
   */
  Engine engine(String sweep, IntSupplier threads) {
    if (isLocal()) {
      if (master.isPresent()) {
        throw new InputException("--master", "belongs to --engine spark: " + master.get());
      }
      return new LocalEngine(threads.getAsInt());
    }
    EngineProvider provider = provider();
    String url =
        master.orElseThrow(
            () -> new InputException("--engine " + engine, "needs --master spark://HOST:PORT"));
    return provider.engine(url, sweep);
  }

  private EngineProvider provider() {
    List<EngineProvider> found =
        ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    return found.stream()
        .filter(one -> one.name().equals(engine))
        .findFirst()
        .orElseThrow(() -> new InputException("--engine", rule()));
  }

  private String rule() {
    if (APART.contains(engine)) {
      return engine + " is not on the class path; start ./macroscope, which fetches it";
    }
    return "must be one of "
        + Stream.concat(Stream.of(LOCAL), APART.stream()).collect(Collectors.joining(", "))
        + ": "
        + engine;
  }
}
