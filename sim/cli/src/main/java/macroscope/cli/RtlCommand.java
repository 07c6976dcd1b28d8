package macroscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rtl}: the Verilog twin of a unit. */
@Command(
    name = "rtl",
    description = "The Verilog twin of a unit: writes it, simulates it, synthesizes it.",
    subcommands = {RtlEmitCommand.class, RtlSimulateCommand.class, RtlSynthesizeCommand.class},
    footer = {
      "",
      "Example:",
      "  macroscope rtl simulate integer_mac:a=int8,length=8,accumulator_bits=26"
    })
final class RtlCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing subcommand: emit, simulate or synthesize");
  }
}
