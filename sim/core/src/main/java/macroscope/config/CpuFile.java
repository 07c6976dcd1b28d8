package macroscope.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.InstructionSet;
import macroscope.machine.cpu.Operation;
import macroscope.machine.cpu.Ports;
import macroscope.machine.layer.CoreSharing;

/**
 * A processor core as its YAML file has it. Every number names a source.
 *
 * @param kind {@code cpu}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param clockMegahertz clock under load
 * @param instructionsPerCycle vector instructions that can enter a cycle
 * @param instructionSets which it has
 * @param ports execution ports
 * @param memory caches and bandwidth
 * @param fitted constants that are fitted on measured times
 * @param shared what the processor's cores share; one works if missing
 * @param place where the file's top is
 */
public record CpuFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Sourced clockMegahertz,
    Sourced instructionsPerCycle,
    List<InstructionSet> instructionSets,
    PortPart ports,
    MemoryPart memory,
    FittedPart fitted,
    Optional<SharedPart> shared,
    Place place) {

  private static final double KILOBYTE = 1024;

  /**
   * Ports of instructions: {@code "5 01"} is one micro-operation of port 5 and one of ports 0 and 1.
   * {@code source} says where they are from.
   */
  public record PortPart(String source, Map<String, Located<String>> uops) {

    Ports ports() {
      Map<Operation, List<String>> result = new EnumMap<>(Operation.class);
      uops.forEach((kind, text) -> result.put(operation(kind, text.place()), sets(text)));
      return new Ports(result);
    }

    private static Operation operation(String kind, Place place) {
      return Arrays.stream(Operation.values())
          .filter(o -> o.name().toLowerCase(Locale.ROOT).equals(kind))
          .findFirst()
          .orElseThrow(() -> place.refuse("is no kind of instructions: " + kind));
    }

    private static List<String> sets(Located<String> text) {
      if (!text.value().matches("[0-9a-z]+( [0-9a-z]+)*")) {
        throw text.place().refuse("must be sets of ports, a letter or digit each: " + text.value());
      }
      return List.of(text.value().split(" "));
    }
  }

  /** The second-level cache, and what one core streams from beyond it, in 10^9 bytes a second. */
  public record MemoryPart(Sourced l2Kilobytes, Sourced outerGigabytesPerSecond) {}

  /** Cores of a kind, and the external memory that they share, in 10^9 bytes. */
  public record SharedPart(
      Sourced cores, Sourced gigabytesPerSecond, Sourced gigabytes, Place place) {

    CoreSharing sharing() {
      return place.checked(
          () -> new CoreSharing(cores.whole(), gigabytesPerSecond.value(), gigabytes.value()));
    }
  }

  /** What cores share. */
  public Optional<CoreSharing> sharing() {
    return shared.map(SharedPart::sharing);
  }

  /** What is fitted. */
  public record FittedPart(Sourced scheduleFactor, Sourced l2BytesPerCycle) {}

  /** The file's record, its sources checked. */
  public static CpuFile read(Path file) {
    MachineKind.CPU.require(file);
    CpuFile read = Yaml.read(file, CpuFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /** The core that this describes. */
  public CpuCore core() {
    return place.checked(
        () ->
            new CpuCore(
                name,
                clockMegahertz.value(),
                instructionsPerCycle.value(),
                Set.copyOf(instructionSets),
                ports.ports(),
                memory.l2Kilobytes().value() * KILOBYTE,
                memory.outerGigabytesPerSecond().value(),
                fitted.scheduleFactor().value(),
                fitted.l2BytesPerCycle().value()));
  }
}
