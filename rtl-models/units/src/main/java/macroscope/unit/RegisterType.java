package macroscope.unit;

import macroscope.format.Formats;
import macroscope.format.NumberFormat;

/**
 * How an instruction finds a number in a register: the format, and low register bits that it ignores
 * (13 of tf32, whose registers hold binary32); high bits above the format are ignored too (the
 * eighth of ue4m3).
 *
 * @param name as instructions spell it: {@code f16}, {@code e4m3}, {@code tf32}
 * @param format what the remaining bits mean
 * @param ignoredBits low bits of the register that are dropped before anything else
 */
public record RegisterType(String name, NumberFormat format, int ignoredBits) {

  /** Registers of PTX "hold tf32 in binary32": the upper 19 of 32 bits count. */
  private static final int TF32_IGNORED_BITS = 13;

  /** The type of an instruction's name for it. */
  static RegisterType of(String name) {
    NumberFormat format = Formats.inDotFiles(name);
    return new RegisterType(name, format, format.equals(Formats.TF32) ? TF32_IGNORED_BITS : 0);
  }

  /** Width of the register in bits. */
  public int bits() {
    return format.bits() + ignoredBits;
  }

  /** The code that a register holds. */
  public long code(long register) {
    return register >>> ignoredBits & -1L >>> (Long.SIZE - format.bits());
  }
}
