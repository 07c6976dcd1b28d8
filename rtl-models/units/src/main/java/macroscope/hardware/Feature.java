package macroscope.hardware;

/** What the cost of a part may be proportional to. */
public enum Feature {
  /** Each part, whatever its size. */
  INSTANCE,
  /** {@link Component#size()}. */
  SIZE,
  /**
   * Full adders of an array multiplier, (m-1)*(n-1); 0 for every other part. Beside the m*n partial
   * product bits of its size, because in small multipliers they are far fewer.
   */
  CARRIES,
  /**
   * Six-input lookup tables that a part of an FPGA fills, where they follow from what it is: adders,
   * negators, selectors, tables of constants. 0 for every other part, whose lookup tables are in
   * proportion to its size.
   */
  FUNCTIONS,
  /** {@link Component#levels()}: what delay is proportional to beside carries. */
  LEVEL
}
