package macroscope.unit;

import macroscope.hardware.Widths;

/**
 * Parameters of a single-bit matrix instruction: {@code d = c + popcount(a OP b)} over {@code length}
 * bits of a row of A and a column of B (PTX ISA, {@code mma} and {@code wgmma} of type {@code .b1}).
 *
 * @param name preset or descriptive name
 * @param operation what combines two bits
 * @param length bits a pass counts
 * @param accumulatorBits width of the two's complement accumulator, which wraps, 8..63
 */
public record BinaryMacSpec(String name, Operation operation, int length, int accumulatorBits)
    implements UnitSpec {

  /** A gate. */
  public enum Operation {
    /** 1 where both bits are: the product of {0, 1}. */
    AND,
    /** 1 where the bits differ: n - 2 popcount is the dot product of {-1, 1}. */
    XOR
  }

  public BinaryMacSpec {
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
  }
}
