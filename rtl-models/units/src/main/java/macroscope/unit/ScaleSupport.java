package macroscope.unit;

/** Which operand scales a unit applies in its own datapath. */
public enum ScaleSupport {
  /** Neither: results are sums of products of codes; scales belong to the epilogue. */
  NONE,
  /** Both: results are in units of the real values (lookup-table kernels, block-scaled instructions). */
  BOTH
}
