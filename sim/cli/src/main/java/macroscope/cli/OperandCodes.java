package macroscope.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import macroscope.format.DecimalValue;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.input.InputException;
import macroscope.unit.BlockScale;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.Explainer;
import macroscope.unit.Instruction;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.MixedBlocksSpec;
import macroscope.unit.RegisterType;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.UnitOperands;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * How the operands of a unit are written: registers of an instruction, or plain codes.
 *
 * @param scale how scales are, if the unit has any
 */
record OperandCodes(Words a, Words b, Optional<Words> scale, Words c) {

  /**
   * Hex words of one width and the codes that they hold.
   *
   * @param format of the codes
   */
  record Words(int bits, LongUnaryOperator code, NumberFormat format) {

    /** A number and not a code: it has a point or a sign, or is no number at all. */
    private static final Pattern NUMBER =
        Pattern.compile(
            "[+-]?(\\d+\\.\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]\\d+([eE][+-]?\\d+)?|[+-]?(inf|nan)");

    static Words of(RegisterType type) {
      // A byte holds ue4m3, whose eighth bit is ignored.
      return new Words((type.bits() + 3) / 4 * 4, type::code, type.format());
    }

    static Words of(NumberFormat format) {
      return new Words(format.bits(), code -> code, format);
    }

    long[] codes(String flag, String list) {
      return Stream.of(list.split("[_,]"))
          .filter(word -> !word.isBlank())
          .map(String::trim)
          .mapToLong(
              word ->
                  NUMBER.matcher(word).matches()
                      ? number(flag, word)
                      : code.applyAsLong(word(flag, word)))
          .toArray();
    }

    /**
     * The codes in registers.
     *
     * @throws InputException naming the place if a register has more bits
     */
    long[] codes(String place, long[] registers) {
      for (long register : registers) {
        if (bits < Long.SIZE && register >>> bits != 0) {
          throw new InputException(
              place, "a code must fit in " + bits + " bits: 0x" + Long.toHexString(register));
        }
      }
      return Arrays.stream(registers).map(code).toArray();
    }

    private long number(String flag, String text) {
      try {
        return format.encode(
            DecimalValue.parse(text), RoundingMode.TIES_TO_EVEN, Overflow.SATURATE_FINITE);
      } catch (IllegalArgumentException e) {
        throw new InputException(flag, String.valueOf(e.getMessage()), e);
      }
    }

    private long word(String flag, String word) {
      long value;
      try {
        value = Codes.parse(word);
      } catch (IllegalArgumentException e) {
        throw new InputException(flag, String.valueOf(e.getMessage()), e);
      }
      if (bits < Long.SIZE && value >>> bits != 0) {
        throw new InputException(flag, "a code must fit in " + bits + " bits: " + word);
      }
      return value;
    }
  }

  /** The operands of a unit; other readings of an instruction have its registers. */
  static OperandCodes of(UnitSpec spec, NumberFormat accumulator) {
    if (isConverted(spec)) {
      return plain(spec, accumulator);
    }
    String name = spec.name().replaceFirst("\\+.*", "");
    return Units.find(name)
        .map(instruction -> of(instruction, accumulator))
        .orElseGet(() -> plain(spec, accumulator));
  }

  /** Whether operands are others than those of the instruction inside. */
  private static boolean isConverted(UnitSpec spec) {
    return spec instanceof DequantizedSpec
        || spec instanceof MixedBlocksSpec
        || spec.base().map(OperandCodes::isConverted).orElse(false);
  }

  private static OperandCodes of(Instruction i, NumberFormat accumulator) {
    Words c = Words.of(i.c());
    NumberFormat from = i.c().format();
    LongUnaryOperator widened =
        code ->
            from.equals(accumulator)
                ? code
                : accumulator.encode(from.decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    return new OperandCodes(
        Words.of(i.a()),
        Words.of(i.b()),
        i.scale().map(BlockScale::type).map(Words::of),
        new Words(c.bits, code -> widened.applyAsLong(c.code.applyAsLong(code)), accumulator));
  }

  private static OperandCodes plain(UnitSpec spec, NumberFormat accumulator) {
    Words c = Words.of(accumulator);
    if (spec instanceof BlockScaledDotSpec s) {
      return scaled(s.dot().a(), s.dot().b(), s.scale(), c);
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return scaled(s.a(), s.b(), s.scale(), c);
    }
    boolean real = spec instanceof DequantizedSpec || spec instanceof LookupTableSpec;
    Optional<Words> scale = real ? Optional.of(Words.of(Formats.BINARY32)) : Optional.empty();
    return UnitOperands.explained(spec)
        .map(f -> new OperandCodes(Words.of(f.a()), Words.of(f.b()), scale, c))
        .orElseGet(() -> new OperandCodes(c, c, Optional.empty(), c));
  }

  private static OperandCodes scaled(FloatFormat a, FloatFormat b, FloatFormat scale, Words c) {
    return new OperandCodes(Words.of(a), Words.of(b), Optional.of(Words.of(scale)), c);
  }

  /**
   * @throws InputException naming the flag that is wrong
   */
  Explainer.Operands operands(String a, String b, String scaleA, String scaleB, String c) {
    long[] x = this.a.codes("--a", a);
    long[] y = this.b.codes("--b", b);
    if (x.length == 0 || x.length != y.length) {
      throw new InputException(
          "--b", "must list as many codes as --a, at least one: " + x.length + " and " + y.length);
    }
    long[] addend = this.c.codes("--c", c);
    if (addend.length != 1) {
      throw new InputException("--c", "must be one code: " + c);
    }
    return new Explainer.Operands(
        x, y, scales("--scale-a", scaleA), scales("--scale-b", scaleB), addend[0]);
  }

  private long[] scales(String flag, String list) {
    if (list.isEmpty()) {
      return new long[0];
    }
    return scale
        .orElseThrow(() -> new InputException(flag, "the unit has no scales"))
        .codes(flag, list);
  }
}
