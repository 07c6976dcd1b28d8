package macroscope.unit;

import macroscope.hardware.Widths;

/**
 * How many products an instruction of one mnemonic adds: a multiple of {@code step} up to {@code
 * most}. Mostly both are its k; the k of an AMX tile is configured, and vector files chain AVX-512
 * instructions.
 */
public record InstructionDepth(int step, int most) {
  public InstructionDepth {
    Widths.positive("step of products", step);
    Widths.inRange("most products", most, step, Integer.MAX_VALUE);
  }

  /** Whether the instruction can have so many products. */
  public boolean takes(int products) {
    return products >= step && products <= most && products % step == 0;
  }

  @Override
  public String toString() {
    return step == most ? String.valueOf(step) : "a multiple of " + step + " up to " + most;
  }
}
