package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Simulates a folder of {@link RtlFolder} with Icarus Verilog. */
public final class Icarus {

  private static final ExternalTool COMPILER = new ExternalTool("iverilog", "iverilog");
  private static final ExternalTool SIMULATOR = new ExternalTool("vvp", "iverilog");

  /** What the compiler makes. */
  static final String COMPILED = "simulation";

  private static final Pattern SUMMARY =
      Pattern.compile("(?m)^results (\\d+) of (\\d+), wrong (\\d+)$");

  private Icarus() {}

  /**
   * Compiles and runs the testbench.
   *
   * @throws macroscope.input.InputException if Icarus Verilog is not installed
   * @throws IOException if it refuses the sources
   */
  public static Comparison simulate(Path folder) throws IOException {
    compile(folder);
    return run(folder, List.of());
  }

  /** Compiles the testbench into the file {@link #COMPILED}. */
  static void compile(Path folder) throws IOException {
    COMPILER.output(
        folder,
        List.of("-g2005", "-Wall", "-s", Testbench.NAME, "-o", COMPILED, "-c", "sources.f"));
  }

  /**
   * Runs what has been compiled.
   *
   * @param options of the testbench, as in {@link Testbench#FIRST_WRONG}
   */
  static Comparison run(Path folder, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-n", COMPILED));
    arguments.addAll(options);
    String log = SIMULATOR.output(folder, arguments);
    Matcher summary = SUMMARY.matcher(log);
    if (!summary.find()) {
      throw new IOException("the simulation ended without a summary: " + log.strip());
    }
    return new Comparison(
        Long.parseLong(summary.group(1)),
        Long.parseLong(summary.group(2)),
        Long.parseLong(summary.group(3)),
        log.substring(0, summary.start()).strip());
  }
}
