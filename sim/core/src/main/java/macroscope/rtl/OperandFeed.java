package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import macroscope.format.NumberFormat;
import macroscope.hardware.Sharing.Operand;
import macroscope.unit.DotProductUnit;

/** How the operands of a pass enter a twin. */
interface OperandFeed {

  /**
   * What is at the operand inputs.
   *
   * @param from first product of the pass
   * @param cycle of the pass, from 0
   */
  List<BigInteger> words(Sum sum, int from, int cycle);

  /** Which operand each of these words is made of. */
  List<Operand> sides();

  /** A sum that the unit can compute, made of any. */
  default Sum fitted(Sum sum) {
    return sum;
  }

  /** Codes of both operands in equal parts, one each cycle of a pass. */
  static OperandFeed codes(DotProductUnit<?> unit, NumberFormat a, NumberFormat b) {
    return new Codes(unit.length() / unit.pipeline().initiationInterval(), a.bits(), b.bits());
  }

  /** The same with scales of blocks of both operands, or of the right one alone, beside them. */
  static OperandFeed scaled(OperandFeed codes, int part, OperandScale scale) {
    return new Scaled(codes, part, scale);
  }

  /**
   * Codes in equal parts.
   *
   * @param part elements that enter in a cycle
   */
  record Codes(int part, int bitsA, int bitsB) implements OperandFeed {
    @Override
    public List<BigInteger> words(Sum sum, int from, int cycle) {
      int at = from + cycle * part;
      return List.of(
          Words.packed(sum.a(), at, at + part, bitsA), Words.packed(sum.b(), at, at + part, bitsB));
    }

    @Override
    public List<Operand> sides() {
      return List.of(Operand.LEFT, Operand.RIGHT);
    }
  }

  /** Codes and the scales of their blocks. */
  record Scaled(OperandFeed codes, int part, OperandScale scale) implements OperandFeed {
    @Override
    public List<BigInteger> words(Sum sum, int from, int cycle) {
      int at = from + cycle * part;
      int first = at / scale.blockLength();
      int end = scale.blocks(at + part);
      int bits = scale.format().bits();
      BigInteger right = Words.packed(sum.scalesB(), first, end, bits);
      Stream<BigInteger> scales =
          scale.left()
              ? Stream.of(Words.packed(sum.scalesA(), first, end, bits), right)
              : Stream.of(right);
      return Stream.concat(codes.words(sum, from, cycle).stream(), scales).toList();
    }

    @Override
    public List<Operand> sides() {
      Stream<Operand> scales =
          scale.left() ? Stream.of(Operand.LEFT, Operand.RIGHT) : Stream.of(Operand.RIGHT);
      return Stream.concat(codes.sides().stream(), scales).toList();
    }
  }
}
