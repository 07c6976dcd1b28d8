package macroscope.machine.stepped;

import java.util.Arrays;

/** Registers in rows through which tokens move, one a cycle; a row without any is a wire. */
final class DelayLines {

  private final long[] registers;
  private final int[] first;
  private final int[] oldest;

  /** Line i has {@code i * step} registers: what skews the operands of an array. */
  DelayLines(int lines, int step) {
    first = new int[lines + 1];
    for (int i = 0; i < lines; i++) {
      first[i + 1] = Math.addExact(first[i], Math.multiplyExact(i, step));
    }
    registers = new long[first[lines]];
    oldest = new int[lines];
    clear();
  }

  void clear() {
    Arrays.fill(registers, Token.NONE);
  }

  /** Takes the token of this cycle and gives that of as many cycles before as the line is long. */
  long shift(int line, long token) {
    int length = first[line + 1] - first[line];
    if (length == 0) {
      return token;
    }
    int place = first[line] + oldest[line];
    long out = registers[place];
    registers[place] = token;
    oldest[line] = oldest[line] + 1 == length ? 0 : oldest[line] + 1;
    return out;
  }
}
