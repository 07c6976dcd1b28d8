package macroscope.rtl;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.input.OutputFolder;

/**
 * Simulates twins with Verilator, which compiles them: the lane for millions of results. The Java model
 * answers while the simulation runs, the first sums one by one and the others in {@link BulkVectors}.
 *
 * <p>Verilator has no x. Registers start at random instead, and what Verilog leaves unknown is random
 * too, so that a result that depends on it is wrong sooner or later.
 */
public final class Verilator {

  private static final ExternalTool TOOL = new ExternalTool("verilator", "verilator");
  private static final ExternalTool COMPILER = new ExternalTool("g++", "g++");
  private static final ExternalTool MAKE = new ExternalTool("make", "make");
  private static final String BUILT = "obj_dir";
  private static final Pattern SUMMARY =
      Pattern.compile("(?m)^results (\\d+) of (\\d+), wrong (\\d+), ([0-9.]+) s$");

  /** Sums of one stimulus: what is held in memory. */
  private static final int SUMS = 4096;

  /** Results from which on a faster simulation is worth a longer compilation. */
  private static final long MANY = 1_000_000;

  private Verilator() {}

  /**
   * What a run found.
   *
   * @param simulationSeconds processor time of the compiled simulation
   * @param modelSeconds processor time of the Java model and its stimuli
   */
  public record Run(Comparison comparison, double simulationSeconds, double modelSeconds) {}

  /**
   * Compiles a twin and compares it with its Java model.
   *
   * @param results at least so many are compared
   * @param folder where sources and the simulation go
   * @throws macroscope.input.InputException if Verilator or a C++ compiler is not installed
   * @throws IOException if Verilator refuses the sources
   */
  public static Run simulate(Twin twin, long seed, long results, Path folder) throws IOException {
    List.of(TOOL, MAKE, COMPILER).forEach(ExternalTool::requireInstalled);
    write(twin, folder);
    build(twin, results >= MANY, folder);
    ExternalTool simulation =
        new ExternalTool(folder.resolve(BUILT).resolve("Vtop").toAbsolutePath().toString(), "");
    List<String> random =
        List.of("+verilator+rand+reset+2", "+verilator+seed+" + (1 + (seed & 0x3fffffff)));
    long start = processorTime();
    ExternalTool.Run run =
        simulation.run(
            folder, random, stream -> feed(twin, seed, results, new VectorStream(twin, stream)));
    double modelSeconds = (processorTime() - start) / 1e9;
    Matcher summary = SUMMARY.matcher(run.output());
    if (run.exitCode() != 0 || !summary.find()) {
      throw new IOException("the simulation ended without a summary: " + run.output().strip());
    }
    Comparison comparison =
        new Comparison(
            Long.parseLong(summary.group(1)),
            Long.parseLong(summary.group(2)),
            Long.parseLong(summary.group(3)),
            run.output().substring(0, summary.start()).strip());
    return new Run(comparison, Double.parseDouble(summary.group(4)), modelSeconds);
  }

  /** Of this thread, in nanoseconds: the stimuli are written by it. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void feed(Twin twin, long seed, long results, VectorStream vectors)
      throws IOException {
    vectors.reset();
    for (long chunk = 0; vectors.results() < results; chunk++) {
      if (chunk > 0 && twin instanceof DotTwin dot) {
        new BulkVectors(dot, vectors).write(seed + chunk);
      } else {
        long left = results - vectors.results();
        vectors.write(twin.stimulus(seed + chunk, (int) Math.min(SUMS, left)));
      }
    }
    vectors.flush();
  }

  private static void write(Twin twin, Path folder) {
    new OutputFolder(folder)
        .with(RtlFolder.sources(twin))
        .with(VerilatorHarness.NAME, VerilatorHarness.source(twin.design()))
        .write();
  }

  private static void build(Twin twin, boolean fast, Path folder) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--cc", "--exe", "--build", "--top-module", TopModule.NAME));
    // The library is Verilog-2005; SystemVerilog has more reserved words.
    arguments.addAll(List.of("--default-language", "1364-2005"));
    arguments.addAll(List.of("--x-assign", "unique", "--x-initial", "unique", "-Wno-lint"));
    arguments.addAll(List.of("--Mdir", BUILT, fast ? "-O3" : "-O0"));
    arguments.addAll(List.of("-CFLAGS", fast ? "-O2" : "-O0", VerilatorHarness.NAME));
    arguments.addAll(RtlFolder.sources(twin).keySet());
    TOOL.output(folder, arguments);
  }
}
