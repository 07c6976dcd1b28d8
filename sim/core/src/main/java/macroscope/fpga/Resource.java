package macroscope.fpga;

/** What a programmable device has so many of. */
public enum Resource {
  /** Six-input lookup tables. */
  LUT,
  FLIP_FLOP,
  DSP,
  /** Block RAMs of 18 Kbit; one of 36 Kbit is two. */
  BRAM18,
  /** UltraRAMs of 288 Kbit. */
  URAM
}
