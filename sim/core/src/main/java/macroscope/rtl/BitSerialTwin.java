package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Sharing;
import macroscope.unit.BitSerialSpec;
import macroscope.unit.BitSerialSpec.Digits;
import macroscope.unit.DotProductUnit;

/** The module {@code bit_serial_dot} for a specification of integers with exact entries. */
final class BitSerialTwin implements OperandFeed {

  /** Passes of a sum in stimuli; the register wraps, so that any number is allowed. */
  private static final int MOST_PASSES = 16;

  private final BitSerialSpec spec;
  private final IntegerFormat tabled;
  private final IntegerFormat serial;

  private BitSerialTwin(BitSerialSpec spec, IntegerFormat tabled, IntegerFormat serial) {
    this.spec = spec;
    this.tabled = tabled;
    this.serial = serial;
  }

  /** The twin of a unit; empty if its sums are not integers, or its planes not those of integers. */
  static Optional<Twin> of(BitSerialSpec spec, DotProductUnit<?> unit) {
    if (spec.integers()
        && spec.tabledFormat() instanceof IntegerFormat tabled
        && spec.serialFormat() instanceof IntegerFormat serial) {
      BitSerialTwin twin = new BitSerialTwin(spec, tabled, serial);
      return Optional.of(
          new DotTwin(
              unit,
              TwinFamily.BIT_SERIAL,
              twin.design(),
              spec.a(),
              spec.b(),
              Optional.empty(),
              twin,
              MOST_PASSES));
    }
    return Optional.empty();
  }

  private Design design() {
    return new Design(
        "bit_serial_dot",
        List.of(
            "signed_sums",
            "subset_sums",
            "lookup",
            "adder_tree",
            "adder",
            "resize",
            "integer_accumulator"),
        new Parameters()
            .put("OPERAND_BITS", tabled.bits())
            .put("INPUTS", spec.table().inputs())
            .put("TABLES", spec.tables())
            .put("PLANES", spec.planes())
            .put("DIGITS", signedDigits() ? half() ? 2 : 1 : 0)
            .put("FOLDED", spec.table().folded())
            .put("ACC_BITS", spec.accumulatorBits())
            .all(),
        Design.Control.START,
        List.of(
            new Port("operand", spec.length() * tabled.bits()), new Port("plane", spec.length())),
        Optional.of(new Port("addend", spec.accumulatorBits())),
        new Port("sum", spec.accumulatorBits()));
  }

  private boolean signedDigits() {
    return spec.table().digits() == Digits.SIGNED;
  }

  /** A table of one input is its operand, which a digit negates: half a table. */
  private boolean half() {
    return spec.table().half() || spec.table().inputs() == 1;
  }

  /** The whole operand whose sums are tabled, in every cycle, and one plane of the other. */
  @Override
  public List<BigInteger> words(Sum sum, int from, int cycle) {
    boolean left = spec.tabled() == Sharing.Operand.LEFT;
    long[] values = left ? sum.a() : sum.b();
    long[] codes = left ? sum.b() : sum.a();
    long[] plane = new long[spec.length()];
    for (int k = 0; k < plane.length; k++) {
      plane[k] = digit(codes[from + k], cycle);
    }
    if (spec.table().folded()) {
      fold(plane);
    }
    return List.of(
        Words.packed(values, from, from + spec.length(), tabled.bits()),
        Words.packed(plane, 0, plane.length, 1));
  }

  @Override
  public List<Sharing.Operand> sides() {
    boolean left = spec.tabled() == Sharing.Operand.LEFT;
    return left
        ? List.of(Sharing.Operand.LEFT, Sharing.Operand.RIGHT)
        : List.of(Sharing.Operand.RIGHT, Sharing.Operand.LEFT);
  }

  /** 1 for the digit 1; of signed digits the last plane of two's complement is complemented. */
  private long digit(long code, int plane) {
    long bit = code >> plane & 1;
    return signedDigits() && plane == serial.bits() - 1 ? 1 - bit : bit;
  }

  /** Where the last digit of a table is -1 the others are stored complemented. */
  private void fold(long[] plane) {
    int inputs = spec.table().inputs();
    for (int last = inputs - 1; last < plane.length; last += inputs) {
      for (int k = last - inputs + 1; plane[last] == 0 && k < last; k++) {
        plane[k] = 1 - plane[k];
      }
    }
  }
}
