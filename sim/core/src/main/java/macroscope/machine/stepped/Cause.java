package macroscope.machine.stepped;

import java.util.Locale;

/** What the edge of an array does in a cycle, or why nothing enters there. Each cycle has one cause. */
public enum Cause {
  /** A pass enters the array. */
  COMPUTE,
  /** The units are not ready for another pass: their initiation interval is not over. */
  INTERVAL,
  /** Banks of an SRAM have more words to read than ports. */
  SRAM_PORTS,
  /** What stays in the units is shifted in, tables are filled. */
  FILL,
  /** All passes of a tile have entered: they cross the array, and results leave the pipelines. */
  DRAIN,
  /** The operands of the next tile are not transferred yet: external memory's bandwidth. */
  BUS,
  /** The operands of the next tile are transferred and on their way: external memory's latency. */
  LATENCY,
  /** All output buffers hold results that are not stored yet, or the last are being stored. */
  STORES,
  /** The controller has not issued the command that would go on. */
  COMMANDS;

  /** In words. */
  @Override
  public String toString() {
    return switch (this) {
      case COMPUTE -> "compute";
      case INTERVAL -> "initiation interval";
      case SRAM_PORTS -> "wait for SRAM ports";
      case FILL -> "fill";
      case DRAIN -> "drain";
      case BUS -> "wait for the bus";
      case LATENCY -> "wait for DRAM latency";
      case STORES -> "wait for stores";
      case COMMANDS -> "wait for commands";
    };
  }

  /** As a column of a table: lower case with underscores. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
