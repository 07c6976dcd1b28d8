package macroscope.unit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
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
 * @param scale how both operands are scaled, if the instruction scales them
 * @param depth products that it can add
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
    Optional<BlockScale> scale,
    InstructionDepth depth,
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
   * @param x registers of a row of A
   * @param y registers of a column of B
   * @param cRegister register of the addend
   * @return the register of d
   */
  public <P> long dot(DotProductUnit<P> made, Registers x, Registers y, long cRegister) {
    return dots(made, x, y, new long[] {cRegister})[0];
  }

  /** One element of an instruction without scales. */
  public <P> long dot(DotProductUnit<P> made, long[] x, long[] y, long cRegister) {
    return dot(made, new Registers(x, new long[0]), new Registers(y, new long[0]), cRegister);
  }

  /**
   * The registers of an operand.
   *
   * @param elements k of each row of A or column of B, one row after another
   * @param scales those of its blocks, in the same order; none if the instruction has no scales
   */
  public record Registers(long[] elements, long[] scales) {}

  /**
   * The elements of one row of the result: those of one row of A and several columns of B.
   *
   * @param made the unit, made from {@link #unit}
   * @param x registers of a row of A
   * @param y registers of the columns of B
   * @param cRegisters one addend a column
   * @return registers of d
   */
  public <P> long[] dots(DotProductUnit<P> made, Registers x, Registers y, long[] cRegisters) {
    NumberFormat format = made.accumulatorFormat();
    long[] codes = Arrays.stream(cRegisters).map(r -> converted(c.code(r), format)).toArray();
    Accumulators elements = new Accumulators(format, 1, codes.length, codes);
    P left = made.prepareA(matrix(a, 1, x));
    P right = made.prepareB(matrix(b, codes.length, y));
    made.gemm(left, right, 0, x.elements.length, elements);
    return codes;
  }

  /** An addend in the accumulator format, which holds each of its values. */
  private long converted(long code, NumberFormat format) {
    return c.format().equals(format)
        ? code
        : format.encode(c.format().decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private EncodedMatrix matrix(RegisterType type, int rows, Registers registers) {
    long[] codes = Arrays.stream(registers.elements).map(type::code).toArray();
    List<ScaleLevel> levels = scale.stream().map(Instruction::level).toList();
    List<double[]> scales = scale.stream().map(s -> scales(s.type(), registers.scales)).toList();
    TensorFormat format = new TensorFormat(type.name(), type.format(), levels);
    return new EncodedMatrix(format, rows, codes.length / rows, codes, scales);
  }

  private static ScaleLevel level(BlockScale scale) {
    Optional<NumberFormat> stored = Optional.of(scale.type().format());
    return new ScaleLevel(new Extent.Group(scale.length()), stored, ScaleRule.ABSMAX);
  }

  private static double[] scales(RegisterType type, long[] registers) {
    return Arrays.stream(registers)
        .mapToDouble(r -> type.format().decodeDouble(type.code(r)))
        .toArray();
  }
}
