package macroscope.config;

import java.nio.file.Path;
import java.util.Optional;
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
