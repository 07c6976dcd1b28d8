package macroscope.unit;

/** Which operand scales a unit applies in its own datapath. */
public enum ScaleSupport {
  /** Neither: results are sums of products of codes; scales belong to the epilogue. */
  NONE,
  /**
   * Those of groups along K (block-scaled instructions); scales of rows and of the whole matrix belong
   * to the epilogue.
   */
  GROUPS,
  /** All of both operands: results are in units of the real values (lookup-table kernels). */
  BOTH
}
