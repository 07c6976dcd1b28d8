package macroscope.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.MachineCatalogue;
import macroscope.config.MachineFile;
import macroscope.config.MachineNumber;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code machines}: lists machines, or the numbers of one with their sources. */
@Command(
    name = "machines",
    description = {
      "Lists the machines of configs/machines, or every number of one machine: its value, how far"
          + " it",
      "can be trusted, and its source. Numbers with provenance fitted are fitted on measurements."
    },
    footer = {"", "Examples:", "  macroscope machines", "  macroscope machines a100 --csv"})
final class MachinesCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "A machine or a file.")
  private Optional<String> name = Optional.empty();

  @Override
  public void run() {
    style.print(
        name.map(n -> numbers(MachineListing.read(MachineCatalogue.path(n))))
            .orElseGet(MachinesCommand::all),
        spec.commandLine().getOut());
  }

  private static Listing all() {
    List<List<Object>> rows =
        MachineFile.shipped().names().stream()
            .map(name -> MachineListing.read(MachineCatalogue.path(name)))
            .map(m -> List.<Object>of(m.name(), m.kind().toString(), m.description()))
            .toList();
    return new Listing(List.of("machine", "kind", "description"), rows);
  }

  private static Listing numbers(MachineListing machine) {
    List<List<Object>> rows = machine.numbers().stream().map(MachinesCommand::row).toList();
    return new Listing(List.of("number", "value", "provenance", "source", "how"), rows);
  }

  private static List<Object> row(MachineNumber number) {
    return List.of(
        number.name(),
        number.number().value(),
        number.number().provenance().name().toLowerCase(Locale.ROOT),
        number.citation(),
        number.number().how().orElse(""));
  }
}
