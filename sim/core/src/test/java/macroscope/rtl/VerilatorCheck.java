package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every twin in every setting of the tests on many results, compiled: {@code mvn -pl sim/core -am test
 * -Dtest=VerilatorCheck -Dvectors=10000000 -Dsurefire.failIfNoSpecifiedTests=false} prints a line for
 * each. {@code -Dtwins=REGEX} takes those whose names have it, {@code -Dsettings=1} the first of each
 * family.
 */
class VerilatorCheck {

  private static final long VECTORS = Long.getLong("vectors", 1_000_000);

  private static final int SETTINGS = Integer.getInteger("settings", Integer.MAX_VALUE);

  @TempDir private Path folder;

  static Stream<Named<Twin>> twins() {
    String pattern = ".*(" + System.getProperty("twins", "") + ").*";
    return TwinSettings.all().stream()
        .filter(twin -> twin.name().matches(pattern))
        .collect(Collectors.groupingBy(Twin::family, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(twins -> twins.stream().limit(SETTINGS))
        .map(twin -> Named.of(twin.name(), twin));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void everyResultHasTheBitsAndCyclesOfTheJavaModel(Twin twin) throws IOException {
    Verilator.Run run = Verilator.simulate(twin, 1, VECTORS, folder);
    Comparison found = run.comparison();
    System.out.printf(
        Locale.ROOT,
        "%s: %d results, %d wrong; %.1f s in the simulation, %.1f s in the Java model%n",
        twin.name(),
        found.results(),
        found.wrong(),
        run.simulationSeconds(),
        run.modelSeconds());
    assertThat(found.equal()).as(found.toString()).isTrue();
  }
}
