package macroscope.machine.stepped;

/** The registers and units of an array. */
interface ArrayStep {

  /**
   * One cycle: operands that were read from SRAM enter, every unit reads its registers, then every
   * register is written.
   *
   * @param pass the pass whose operands enter, or -1
   * @return whether a unit started a pass
   */
  boolean step(int pass);

  /** The last pass that the unit farthest from the operands' edges has started, or -1. */
  int lastAtFarCorner();
}
