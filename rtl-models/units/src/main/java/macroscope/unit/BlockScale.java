package macroscope.unit;

import macroscope.hardware.Widths;

/**
 * How an instruction is given scales: one register for each block of an operand along K.
 *
 * @param type what a register holds
 * @param length elements that share a scale
 */
public record BlockScale(RegisterType type, int length) {
  public BlockScale {
    Widths.positive("block length", length);
  }
}
