package macroscope.verify;

import macroscope.unit.Instruction;
import macroscope.unit.Instruction.Registers;

/**
 * What a row of dot products holds.
 *
 * @param instruction that the row is of
 * @param a registers of the left operand and its scales
 * @param b registers of the right operand and its scales
 * @param c register of the addend
 * @param expected register of the result, as the row says
 */
public record DotRow(Instruction instruction, Registers a, Registers b, long c, long expected) {}
