package macroscope.machine.stepped;

/** What an array does in a cycle, or why it does nothing. */
public enum Cause {
  /** At least one unit starts a pass. */
  BUSY,
  /** Operands are loaded, move to their units, or results move out; no unit starts a pass. */
  FILL_AND_DRAIN,
  /** Banks of an SRAM have more words to read than ports. */
  SRAM_PORTS,
  /** The operands of the next tile are not in their SRAM yet. */
  OPERANDS,
  /** All output buffers hold results that are not stored yet, or the last are being stored. */
  STORES
}
