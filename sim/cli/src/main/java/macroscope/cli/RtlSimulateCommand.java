package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.rtl.Icarus;
import macroscope.rtl.RtlFolder;
import macroscope.rtl.Stimulus;
import macroscope.rtl.Twin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rtl simulate}: a twin against its Java model. */
@Command(
    name = "simulate",
    description = {
      "Simulates the twin with Icarus Verilog and compares the bits and the clock cycle of every",
      "result with the Java model. Exit code 1 if one differs."
    },
    footer = {
      "",
      "Example:",
      "  macroscope rtl simulate fused:a=e4m3fn,length=4,kept_fraction_bits=13"
    })
final class RtlSimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private RtlVectors vectors;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to keep sources and vectors in (default: none are kept).")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Twin twin = vectors.twin();
    Stimulus stimulus = vectors.stimulus(twin);
    Icarus.Comparison comparison =
        out.isPresent()
            ? simulated(twin, stimulus, out.get())
            : TemporaryFolder.with(folder -> simulated(twin, stimulus, folder));
    PrintWriter printer = spec.commandLine().getOut();
    printer.printf(
        "%s: %d of %d results, %d wrong; latency %d, interval %d cycles%n",
        twin.name(),
        comparison.results(),
        comparison.expected(),
        comparison.wrong(),
        twin.pipeline().latency(),
        twin.pipeline().initiationInterval());
    if (!comparison.log().isEmpty()) {
      printer.println(comparison.log());
    }
    printer.flush();
    return comparison.equal() ? 0 : 1;
  }

  private static Icarus.Comparison simulated(Twin twin, Stimulus stimulus, Path folder)
      throws IOException {
    RtlFolder.write(twin, stimulus, folder);
    return Icarus.simulate(folder);
  }
}
