package macroscope.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.cost.Provenance;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.stepped.CommandIssue;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.SramPort;

/**
 * A machine as its YAML file has it.
 *
 * @param kind {@code systolic}, which it is if missing
 * @param name as reports name it
 * @param description what it is modelled on
 * @param rows units in a column
 * @param columns units in a row
 * @param dataflow what stays in the units
 * @param drain when output-stationary results leave; overlapped if missing
 * @param clockMegahertz clock
 * @param sram capacities in kilobytes
 * @param memory how its SRAMs are read and filled; without it they keep up
 * @param sources by path of keys where a number is from; what is missing is assumed
 * @param place where the file's top is
 */
public record MachineFile(
    Optional<MachineKind> kind,
    String name,
    String description,
    int rows,
    int columns,
    Dataflow dataflow,
    Optional<Drain> drain,
    double clockMegahertz,
    SramKilobytes sram,
    Optional<MemoryPart> memory,
    Optional<Map<String, NumberSource>> sources,
    Place place) {

  private static final long KILOBYTE = 1024;

  /** Capacities of the three SRAMs. */
  public record SramKilobytes(int activations, int weights, int outputs) {}

  /**
   * External memory's bus, tiles that are buffered, the ports of both SRAMs, and how commands are
   * issued; at once if missing.
   */
  public record MemoryPart(
      int busBitsPerCycle,
      int latencyCycles,
      int buffers,
      SramPort activations,
      SramPort weights,
      Optional<CommandIssue> commands) {}

  /** Where a number is from. */
  public record NumberSource(
      String source, Provenance provenance, Optional<String> how, Place place) {}

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    Map<String, Double> values = values();
    Map<String, NumberSource> from = sources.orElse(Map.of());
    from.forEach(
        (name, one) -> {
          if (!values.containsKey(name)) {
            throw one.place()
                .refuse(
                    "must be a number of this file, one of " + String.join(", ", values.keySet()));
          }
        });
    return values.entrySet().stream()
        .map(e -> number(e.getKey(), e.getValue(), Optional.ofNullable(from.get(e.getKey()))))
        .toList();
  }

  private MachineNumber number(String name, double value, Optional<NumberSource> from) {
    NumberSource source =
        from.orElse(
            new NumberSource(
                "the file names no source", Provenance.ASSUMED, Optional.empty(), place));
    return new MachineNumber(
        name,
        new Sourced(value, name, source.provenance(), source.how(), source.place()),
        source.source());
  }

  private Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("rows", (double) rows);
    values.put("columns", (double) columns);
    values.put("clock_megahertz", clockMegahertz);
    values.put("sram.activations_kilobytes", (double) sram.activations());
    values.put("sram.weights_kilobytes", (double) sram.weights());
    values.put("sram.outputs_kilobytes", (double) sram.outputs());
    memory.ifPresent(
        m -> {
          values.put("memory.bus_bits_per_cycle", (double) m.busBitsPerCycle());
          values.put("memory.gigabytes_per_second", m.busBitsPerCycle() * clockMegahertz / 8e3);
          values.put("memory.latency_cycles", (double) m.latencyCycles());
          values.put("memory.buffers", (double) m.buffers());
          put(values, "memory.activations", m.activations());
          put(values, "memory.weights", m.weights());
        });
    return values;
  }

  private static void put(Map<String, Double> values, String name, SramPort port) {
    values.put(name + ".banks", (double) port.banks());
    values.put(name + ".ports", (double) port.ports());
    values.put(name + ".word_bits", (double) port.wordBits());
  }

  /** The file's record. */
  public static MachineFile describe(Path file) {
    MachineKind.SYSTOLIC.require(file);
    MachineFile read = Yaml.read(file, MachineFile.class);
    read.numbers();
    return read;
  }

  /** The memories of the machine of a shipped name or of a path; empty where they keep up. */
  public static Optional<MemorySystem> findMemory(String nameOrPath) {
    MachineFile file = Yaml.read(shipped().resolve(nameOrPath), MachineFile.class);
    return file.memory.map(
        m ->
            file.place.checked(
                () ->
                    new MemorySystem(
                        m.busBitsPerCycle(),
                        m.latencyCycles(),
                        m.buffers(),
                        m.activations(),
                        m.weights(),
                        m.commands().orElseGet(CommandIssue::immediate))));
  }

  /** The machine of a file. */
  public static Machine read(Path file) {
    MachineKind.SYSTOLIC.require(file);
    return Yaml.read(file, MachineFile.class).machine();
  }

  /** The machine of a shipped name or of a path. */
  public static Machine find(String nameOrPath) {
    return read(shipped().resolve(nameOrPath));
  }

  /** The machines that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("machines", "machine");
  }

  /** The machine that this describes. */
  public Machine machine() {
    try {
      Machine.Sram bytes =
          new Machine.Sram(
              sram.activations() * KILOBYTE, sram.weights() * KILOBYTE, sram.outputs() * KILOBYTE);
      return new Machine(
          name, rows, columns, dataflow, drain.orElse(Drain.OVERLAPPED), clockMegahertz, bytes);
    } catch (IllegalArgumentException e) {
      throw place.refuse(e);
    }
  }
}
