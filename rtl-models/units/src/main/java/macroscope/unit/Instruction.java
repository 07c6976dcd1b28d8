package macroscope.unit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/**
 * A matrix instruction of a real machine: its registers and the unit that computes one element of it.
 *
 * @param vendor as vector files spell it: {@code NVIDIA}
 * @param architecture as vector files spell it: {@code Hopper}, {@code Ada Lovelace}
 * @param mnemonic with its shape and types, {@code wgmma.m64n8k32.f32.e4m3.e4m3}; m and n do not
 *     matter to an element
 * @param a left operand
 * @param b right operand
 * @param c addend; converted exactly to the accumulator format of the unit first
 * @param d result, in the accumulator format of the unit
 * @param unit parameters of the unit, named after the instruction
 * @param source where the parameters come from
 */
public record Instruction(
    String vendor,
    String architecture,
    String mnemonic,
    RegisterType a,
    RegisterType b,
    RegisterType c,
    RegisterType d,
    UnitSpec unit,
    String source) {

  /** The canonical name of a unit: {@code vendor.architecture.mnemonic}, lower case, no spaces. */
  static String name(String vendor, String architecture, String mnemonic) {
    return (vendor + "." + architecture + "." + mnemonic).toLowerCase(Locale.ROOT).replace(" ", "");
  }

  /** The name under which {@link Units} knows it. */
  public String name() {
    return name(vendor, architecture, mnemonic);
  }

  /**
   * One element, {@code c + sum of a_k * b_k}.
   *
   * @param made the unit, made from {@link #unit}
   * @param aRegisters registers of the k elements of a row of A
   * @param bRegisters registers of the k elements of a column of B
   * @return the register of d
   */
  public <P> long dot(
      DotProductUnit<P> made, long[] aRegisters, long[] bRegisters, long cRegister) {
    return dots(made, aRegisters, bRegisters, new long[] {cRegister})[0];
  }

  /**
   * The elements of one row of the result: those of one row of A and several columns of B.
   *
   * @param made the unit, made from {@link #unit}
   * @param aRegisters registers of the k elements of a row of A
   * @param bRegisters registers of the columns of B, k of each, one column after another
   * @param cRegisters one addend a column
   * @return registers of d
   */
  public <P> long[] dots(
      DotProductUnit<P> made, long[] aRegisters, long[] bRegisters, long[] cRegisters) {
    NumberFormat format = made.accumulatorFormat();
    long[] codes = Arrays.stream(cRegisters).map(x -> converted(c.code(x), format)).toArray();
    Accumulators elements = new Accumulators(format, 1, codes.length, codes);
    P left = made.prepareA(matrix(a, 1, aRegisters));
    P right = made.prepareB(matrix(b, codes.length, bRegisters));
    made.gemm(left, right, 0, aRegisters.length, elements);
    return codes;
  }

  /** An addend in the accumulator format, which holds each of its values. */
  private long converted(long code, NumberFormat format) {
    return c.format().equals(format)
        ? code
        : format.encode(c.format().decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private static EncodedMatrix matrix(RegisterType type, int rows, long[] registers) {
    long[] codes = Arrays.stream(registers).map(type::code).toArray();
    TensorFormat format = new TensorFormat(type.name(), type.format(), List.of());
    return new EncodedMatrix(format, rows, codes.length / rows, codes, List.of());
  }
}
