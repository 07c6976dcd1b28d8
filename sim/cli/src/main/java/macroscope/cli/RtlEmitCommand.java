package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import macroscope.rtl.RtlFolder;
import macroscope.rtl.Stimulus;
import macroscope.rtl.Twin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rtl emit}: sources, testbench and vectors. */
@Command(
    name = "emit",
    description = {
      "Writes the configured module, a testbench and vectors with the results of the Java model.",
      "Files of the same names are replaced."
    },
    footer = {
      "",
      "Example:",
      "  macroscope rtl emit integer_mac:a=int8,length=8,accumulator_bits=26 --out int8-dot"
    })
final class RtlEmitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private RtlVectors vectors;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  private Path out;

  @Override
  public Integer call() {
    Twin twin = vectors.twin();
    Stimulus stimulus = vectors.stimulus(twin);
    RtlFolder.write(twin, stimulus, out);
    PrintWriter printer = spec.commandLine().getOut();
    printer.printf("%s: module %s in %s%n", twin.name(), twin.design().module(), out);
    printer.printf("%d results of the Java model in expected.hex%n", stimulus.outputs().size());
    printer.flush();
    return 0;
  }
}
