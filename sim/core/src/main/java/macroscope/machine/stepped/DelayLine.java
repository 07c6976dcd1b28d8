package macroscope.machine.stepped;

import java.util.Arrays;

/** Registers in a row through which tokens move, one a cycle; without any, a wire. */
final class DelayLine {

  private final long[] registers;
  private int oldest;

  DelayLine(int length) {
    registers = new long[length];
    Arrays.fill(registers, Token.NONE);
  }

  /** Takes the token of this cycle and gives that of {@code length} cycles before. */
  long shift(long token) {
    if (registers.length == 0) {
      return token;
    }
    long out = registers[oldest];
    registers[oldest] = token;
    oldest = (oldest + 1) % registers.length;
    return out;
  }
}
