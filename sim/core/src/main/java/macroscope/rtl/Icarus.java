package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Simulates a folder of {@link RtlFolder} with Icarus Verilog. */
public final class Icarus {

  private static final ExternalTool COMPILER = new ExternalTool("iverilog", "iverilog");
  private static final ExternalTool SIMULATOR = new ExternalTool("vvp", "iverilog");
  private static final Pattern SUMMARY =
      Pattern.compile("(?m)^results (\\d+) of (\\d+), wrong (\\d+)$");

  private Icarus() {}

  /**
   * What a simulation found.
   *
   * @param results results that came out
   * @param expected results of the Java model
   * @param wrong results at another clock edge or with other bits, one more if their number differs
   * @param log the first wrong results, as the testbench prints them
   */
  public record Comparison(int results, int expected, int wrong, String log) {

    /** Whether every result has its bits and its clock edge, and none is missing. */
    public boolean equal() {
      return wrong == 0 && results == expected && expected > 0;
    }
  }

  /**
   * Compiles and runs the testbench.
   *
   * @throws macroscope.input.InputException if Icarus Verilog is not installed
   * @throws IOException if it refuses the sources
   */
  public static Comparison simulate(Path folder) throws IOException {
    COMPILER.output(
        folder,
        List.of("-g2005", "-Wall", "-s", Testbench.NAME, "-o", "simulation", "-c", "sources.f"));
    String log = SIMULATOR.output(folder, List.of("-n", "simulation"));
    Matcher summary = SUMMARY.matcher(log);
    if (!summary.find()) {
      throw new IOException("the simulation ended without a summary: " + log.strip());
    }
    return new Comparison(
        Integer.parseInt(summary.group(1)),
        Integer.parseInt(summary.group(2)),
        Integer.parseInt(summary.group(3)),
        log.substring(0, summary.start()).strip());
  }
}
