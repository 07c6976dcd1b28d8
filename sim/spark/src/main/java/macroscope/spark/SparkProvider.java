package macroscope.spark;

import java.util.List;
import macroscope.sweep.Engine;
import macroscope.sweep.EngineProvider;

/** Brings the engine {@code spark}. */
public final class SparkProvider implements EngineProvider {

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Engine engine(String master, String sweep) {
    SparkMaster parsed = SparkMaster.parse(master);
    List<String> jars = ProgramJars.all();
    return new SparkEngine(parsed, parsed.addressSeenFromThere(), jars, sweep);
  }
}
