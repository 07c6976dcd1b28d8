package macroscope.machine.stepped;

/** The banks of an SRAM while the operands of one pass are read from them. */
final class SramReader {

  private final SramPort port;
  private final int[] waiting;

  SramReader(SramPort port) {
    this.port = port;
    this.waiting = new int[port.banks()];
  }

  /** Asks for the words of so many units, which lie in the banks in turn. */
  void request(int units, int wordsEach) {
    for (int word = 0; word < units * wordsEach; word++) {
      waiting[word % waiting.length]++;
    }
  }

  /** One cycle: each bank gives as many words as it has ports. */
  void step() {
    for (int bank = 0; bank < waiting.length; bank++) {
      waiting[bank] = Math.max(0, waiting[bank] - port.ports());
    }
  }

  /** Whether everything that was asked for has been read. */
  boolean idle() {
    for (int words : waiting) {
      if (words > 0) {
        return false;
      }
    }
    return true;
  }
}
