package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.input.InputException;
import macroscope.rtl.Comparison;
import macroscope.rtl.Icarus;
import macroscope.rtl.RtlFolder;
import macroscope.rtl.Twin;
import macroscope.rtl.Verilator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rtl simulate}: a twin against its Java model. */
@Command(
    name = "simulate",
    description = {
      "Simulates the twin and compares the bits and the clock cycle of every result with the Java",
      "model. Exit code 1 if one differs. Icarus Verilog knows unknown bits, which are wrong;",
      "Verilator is for millions of results, with registers that start at random."
    },
    footer = {
      "",
      "Example:",
      "  macroscope rtl simulate fused:a=e4m3fn,length=4,kept_fraction_bits=13",
      "  macroscope rtl simulate ternary:a=int8,length=8 --engine verilator --vectors 10000000"
    })
final class RtlSimulateCommand implements Callable<Integer> {

  private static final long USUAL_VECTORS = 1_000_000;
  private static final long MOST_VECTORS = 1_000_000_000_000L;

  /** What simulates. */
  enum Engine {
    ICARUS,
    VERILATOR
  }

  @Spec private CommandSpec spec;
  @Mixin private RtlVectors vectors;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to keep sources and vectors in (default: none are kept).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = "icarus",
      description = "Of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Engine engine;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      description = "With verilator: results to compare at least (default: 1000000).")
  private Optional<Long> vectorCount = Optional.empty();

  @Override
  public Integer call() throws IOException {
    requireFittingOptions();
    Twin twin = vectors.twin();
    return out.isPresent()
        ? simulated(twin, out.get())
        : TemporaryFolder.with(folder -> simulated(twin, folder));
  }

  private void requireFittingOptions() {
    if (engine == Engine.ICARUS && vectorCount.isPresent()) {
      throw new InputException("--vectors", "goes with --engine verilator; icarus has --sums");
    }
    if (engine == Engine.VERILATOR && vectors.hasSums()) {
      throw new InputException("--sums", "goes with --engine icarus; verilator has --vectors");
    }
    long count = vectorCount.orElse(USUAL_VECTORS);
    if (count < 1 || count > MOST_VECTORS) {
      throw new InputException("--vectors", "must be 1.." + MOST_VECTORS + ": " + count);
    }
  }

  private int simulated(Twin twin, Path folder) throws IOException {
    if (engine == Engine.ICARUS) {
      RtlFolder.write(twin, vectors.stimulus(twin), folder);
      return report(twin, Icarus.simulate(folder), "");
    }
    long start = System.nanoTime();
    long count = vectorCount.orElse(USUAL_VECTORS);
    Verilator.Run run = Verilator.simulate(twin, vectors.seed(), count, folder);
    double seconds = (System.nanoTime() - start) / 1e9;
    String speed =
        String.format(
            Locale.ROOT,
            "; results/s of processor time: %.0f in the simulation, %.0f in the Java model; %.1f s in all",
            run.comparison().results() / Math.max(run.simulationSeconds(), 1e-3),
            run.comparison().results() / Math.max(run.modelSeconds(), 1e-3),
            seconds);
    return report(twin, run.comparison(), speed);
  }

  private int report(Twin twin, Comparison comparison, String more) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.printf(
        "%s: %d of %d results, %d wrong; latency %d, interval %d cycles%s%n",
        twin.name(),
        comparison.results(),
        comparison.expected(),
        comparison.wrong(),
        twin.pipeline().latency(),
        twin.pipeline().initiationInterval(),
        more);
    if (!comparison.log().isEmpty()) {
      printer.println(comparison.log());
    }
    printer.flush();
    return comparison.equal() ? 0 : 1;
  }
}
