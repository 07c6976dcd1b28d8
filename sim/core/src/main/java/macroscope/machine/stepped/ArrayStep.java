package macroscope.machine.stepped;

/** The registers and units of an array. */
interface ArrayStep {

  /** Empties all registers; the operands of a tile come next. */
  void begin(Tile tile);

  /**
   * One cycle: operands that were read from SRAM enter, every unit reads its registers, then every
   * register is written.
   *
   * @param streamed which of what streams past the tile enters, from 0, or -1
   */
  void step(int streamed);

  /** What of a tile's stream the unit farthest from the operands' edges has met last, from 0, or -1. */
  int lastAtFarCorner();
}
