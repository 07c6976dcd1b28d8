package macroscope.unit;

/** Which operand scales a unit applies in its own datapath. */
public enum ScaleSupport {
  /** Neither: results are sums of products of codes; scales belong to the epilogue. */
  NONE(Share.NOTHING, Share.NOTHING),
  /**
   * Those of groups along K (block-scaled instructions); scales of rows and of the whole matrix belong
   * to the epilogue.
   */
  GROUPS(Share.GROUPS, Share.GROUPS),
  /** All of both operands: results are in units of the real values (lookup-table kernels). */
  BOTH(Share.ALL, Share.ALL),
  /** All of the right operand (weights that are dequantized first), none of the left. */
  RIGHT(Share.NOTHING, Share.ALL),
  /** Those of groups along K of the right operand alone. */
  RIGHT_GROUPS(Share.NOTHING, Share.GROUPS);

  /** The scales of one operand that a unit applies. */
  public enum Share {
    NOTHING,
    GROUPS,
    ALL
  }

  private final Share left;
  private final Share right;

  ScaleSupport(Share left, Share right) {
    this.left = left;
    this.right = right;
  }

  /** What it applies of the left operand. */
  public Share left() {
    return left;
  }

  /** What it applies of the right operand. */
  public Share right() {
    return right;
  }
}
