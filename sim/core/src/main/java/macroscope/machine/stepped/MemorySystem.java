package macroscope.machine.stepped;

import macroscope.hardware.Widths;

/**
 * What stands between an array and external memory.
 *
 * @param busBitsPerCycle bits that external memory moves a cycle, in either direction
 * @param latencyCycles from the end of a transfer to its data being in the SRAM
 * @param buffers tiles whose operands, and whose results, the SRAMs hold: 2 is double buffering
 * @param a how the SRAM of activations is read
 * @param b how the SRAM of weights is read
 * @param commands how loads, passes and stores are issued
 */
public record MemorySystem(
    int busBitsPerCycle,
    int latencyCycles,
    int buffers,
    SramPort a,
    SramPort b,
    CommandIssue commands) {

  public MemorySystem {
    Widths.inRange("bus bits a cycle", busBitsPerCycle, 1, 1 << 24);
    Widths.inRange("latency cycles", latencyCycles, 0, 1 << 24);
    Widths.inRange("buffers", buffers, 1, 64);
  }

  /** With commands that are never waited for. */
  public MemorySystem(int busBitsPerCycle, int latencyCycles, int buffers, SramPort a, SramPort b) {
    this(busBitsPerCycle, latencyCycles, buffers, a, b, CommandIssue.immediate());
  }

  /** Cycles that the bus needs for so many bits. */
  long transfer(long bits) {
    return (bits + busBitsPerCycle - 1) / busBitsPerCycle;
  }
}
