package macroscope.hardware;

import java.util.List;

/**
 * A part that hardware is built from. The vocabulary is closed: a technology prices these parts and
 * nothing else, so that every unit has a price in every technology that prices its parts. Parts are
 * logic, or hard blocks that a programmable device has so many of.
 *
 * <p>Widths are in bits. {@link #kind()} is the name under which a technology file prices the part
 * and {@link #size()} the feature that its law is linear in.
 */
public sealed interface Component {

  /** Kinds of blocks that a programmable device has ready-made, and that no logic stands for. */
  List<String> HARD_KINDS = List.of("dsp_slice", "memory");

  /** The kind of every part that is built from logic. */
  List<String> KINDS =
      List.of(
          "adder",
          "constant_table",
          "leading_zero_counter",
          "maximum",
          "multiplexer",
          "multiplier",
          "negator",
          "register",
          "shifter",
          "sum_and_difference");

  /** The name of the part in a technology's price list. */
  String kind();

  /** The size that cost is linear in, as each record says; at least 0. */
  double size();

  /** The value of a feature that a price may be proportional to. */
  default double feature(Feature feature) {
    return switch (feature) {
      case INSTANCE -> 1;
      case SIZE -> size();
      case CARRIES, FUNCTIONS -> 0;
      case LEVEL -> levels();
    };
  }

  /**
   * Steps that a signal passes one after another: rows of an array multiplier less one, stages of a
   * shifter or selector, levels of a leading-zero counter, else 1.
   */
  default int levels() {
    return 1;
  }

  /**
   * Bits that a carry runs through: what a ripple adds to the delay of a chain of parts. 0 where there
   * is no carry.
   */
  default int carryBits() {
    return 0;
  }

  /** Array multiplier of unsigned magnitudes, m by n bits; size m*n (partial product bits). */
  record Multiplier(int m, int n) implements Component {
    public Multiplier {
      Widths.positive("multiplier m", m);
      Widths.positive("multiplier n", n);
    }

    @Override
    public String kind() {
      return "multiplier";
    }

    @Override
    public double size() {
      return (double) m * n;
    }

    @Override
    public double feature(Feature feature) {
      return feature == Feature.CARRIES ? (m - 1.0) * (n - 1.0) : Component.super.feature(feature);
    }

    @Override
    public int levels() {
      return Math.min(m, n) - 1;
    }

    @Override
    public int carryBits() {
      return m + n - 2;
    }
  }

  /** Carry-propagate adder or subtractor; size = bits. */
  record Adder(int bits) implements Component {
    public Adder {
      Widths.positive("adder bits", bits);
    }

    /** The carry chain of an FPGA stands beside a lookup table for each bit. */
    @Override
    public double feature(Feature feature) {
      return feature == Feature.FUNCTIONS ? bits : Component.super.feature(feature);
    }

    @Override
    public String kind() {
      return "adder";
    }

    @Override
    public double size() {
      return bits;
    }

    @Override
    public int carryBits() {
      return bits;
    }
  }

  /**
   * An adder and a subtractor of the same operands; size = 1.55 bits in full adders, of both: the exclusive-or
   * of the operands, 0.45 of one, is there once. In an FPGA they share a lookup table for each bit, since
   * what one propagates is what the other does not.
   */
  record SumAndDifference(int bits) implements Component {
    public SumAndDifference {
      Widths.positive("bits of a sum and a difference", bits);
    }

    @Override
    public String kind() {
      return "sum_and_difference";
    }

    @Override
    public double size() {
      return 1.55 * bits;
    }

    @Override
    public double feature(Feature feature) {
      return feature == Feature.FUNCTIONS ? bits : Component.super.feature(feature);
    }

    @Override
    public int carryBits() {
      return bits;
    }
  }

  /**
   * Barrel shifter by 0..maxShift, smallest steps first; size = two-input multiplexer bits, the sum
   * over its ceil(log2(maxShift+1)) stages of the bits that can be occupied after the stage.
   *
   * @param inputBits bits of the word that enters
   * @param maxShift largest shift
   * @param outputBits bits of the word that leaves: at least {@code inputBits}; {@code inputBits +
   *     maxShift} if nothing may be lost
   */
  record Shifter(int inputBits, int maxShift, int outputBits) implements Component {
    public Shifter {
      Widths.positive("shifter input bits", inputBits);
      Widths.positive("shifter maxShift", maxShift);
      Widths.inRange("shifter output bits", outputBits, inputBits, Integer.MAX_VALUE);
    }

    /** A shifter whose word keeps its width: every stage has {@code bits} bits. */
    public Shifter(int bits, int maxShift) {
      this(bits, maxShift, bits);
    }

    @Override
    public String kind() {
      return "shifter";
    }

    @Override
    public double size() {
      long total = 0;
      long reach = 0;
      for (int stage = 0; stage < Widths.ceilLog2(maxShift + 1); stage++) {
        reach = Math.min(maxShift, reach + (1L << stage));
        total += Math.min(outputBits, inputBits + reach);
      }
      return total;
    }

    @Override
    public int levels() {
      return Widths.ceilLog2(maxShift + 1);
    }
  }

  /** Two-input maximum (comparator and select) of {@code bits} wide words; size = bits. */
  record Maximum(int bits) implements Component {
    public Maximum {
      Widths.positive("maximum bits", bits);
    }

    @Override
    public String kind() {
      return "maximum";
    }

    @Override
    public double size() {
      return bits;
    }

    @Override
    public int carryBits() {
      return bits;
    }
  }

  /**
   * Two's complement negation (exclusive-or row; the carry joins the adder); size = bits.
   *
   * @param conditional whether a signal says if it negates; else an FPGA's carry chain takes the inverted
   *     bits and no lookup table
   */
  record Negator(int bits, boolean conditional) implements Component {
    public Negator {
      Widths.positive("negator bits", bits);
    }

    /** A conditional one. */
    public Negator(int bits) {
      this(bits, true);
    }

    @Override
    public double feature(Feature feature) {
      return feature == Feature.FUNCTIONS
          ? conditional ? bits : 0
          : Component.super.feature(feature);
    }

    @Override
    public String kind() {
      return "negator";
    }

    @Override
    public double size() {
      return bits;
    }

    @Override
    public int carryBits() {
      return bits;
    }
  }

  /** Selector of one of {@code ways} words; size = bits * (ways - 1), two-input multiplexer bits. */
  record Multiplexer(int ways, int bits) implements Component {
    public Multiplexer {
      Widths.positive("multiplexer ways", ways);
      Widths.positive("multiplexer bits", bits);
    }

    @Override
    public String kind() {
      return "multiplexer";
    }

    @Override
    public double size() {
      return (double) bits * (ways - 1);
    }

    /** A selector of four and its two control bits fill a six-input lookup table. */
    @Override
    public double feature(Feature feature) {
      return feature == Feature.FUNCTIONS
          ? (double) bits * ((ways + 1) / 3)
          : Component.super.feature(feature);
    }

    @Override
    public int levels() {
      return Widths.ceilLog2(ways);
    }
  }

  /**
   * Words that never change, chosen by an address: logic, not memory. What it takes depends on the words,
   * since equal parts of the table are there once: size = selectors + gates / 2, the nodes of the
   * reduced decision diagram of all its bits (the smaller of those that ask the highest and the lowest
   * address bit first) as two-input multiplexers, one of a constant counted half. At most about 2^k / k
   * for each bit of k address bits (Shannon, Bell System Technical Journal 28, 1949; Liaw and Lin, IEEE
   * Trans. Computers 41, 1992).
   *
   * @param addressBits address bits
   * @param bits bits of a word
   * @param selectors nodes that choose between two functions of further address bits
   * @param gates nodes that choose between one and a constant
   * @param functions six-input lookup tables that hold it, equal ones once
   */
  record ConstantTable(int addressBits, int bits, int selectors, int gates, int functions)
      implements Component {

    private static final int MOST_ADDRESS_BITS = 20;

    public ConstantTable {
      Widths.inRange("address bits", addressBits, 1, MOST_ADDRESS_BITS);
      Widths.inRange("word bits of a constant table", bits, 1, Long.SIZE);
      Widths.inRange("selectors", selectors, 0, Integer.MAX_VALUE);
      Widths.inRange("gates", gates, 0, Integer.MAX_VALUE);
      Widths.inRange("functions", functions, 0, Integer.MAX_VALUE);
    }

    /**
     * The table of some words, all others being 0.
     *
     * @param words by address, their lowest {@code bits} bits; at most 2^addressBits
     */
    public static ConstantTable of(int addressBits, int bits, long[] words) {
      Widths.inRange("address bits", addressBits, 1, MOST_ADDRESS_BITS);
      Widths.inRange("words", words.length, 1, 1 << addressBits);
      DecisionDiagram high = new DecisionDiagram(addressBits, bits, words, false);
      DecisionDiagram low = new DecisionDiagram(addressBits, bits, words, true);
      boolean reversed = 2 * low.selectors() + low.gates() < 2 * high.selectors() + high.gates();
      DecisionDiagram smaller = reversed ? low : high;
      return new ConstantTable(
          addressBits,
          bits,
          smaller.selectors(),
          smaller.gates(),
          Math.min(high.functions(), low.functions()));
    }

    @Override
    public String kind() {
      return "constant_table";
    }

    @Override
    public double size() {
      return selectors + gates / 2.0;
    }

    @Override
    public double feature(Feature feature) {
      return feature == Feature.FUNCTIONS ? functions : Component.super.feature(feature);
    }

    @Override
    public int levels() {
      return addressBits;
    }
  }

  /** Leading-zero counter over a word; size = bits. */
  record LeadingZeroCounter(int bits) implements Component {
    public LeadingZeroCounter {
      Widths.positive("leading zero counter bits", bits);
    }

    @Override
    public String kind() {
      return "leading_zero_counter";
    }

    @Override
    public double size() {
      return bits;
    }

    @Override
    public int levels() {
      return Widths.ceilLog2(bits);
    }
  }

  /** A DSP slice: pre-adder, multiplier and accumulator as one block; size 1. */
  record DspSlice() implements Component {
    @Override
    public String kind() {
      return "dsp_slice";
    }

    @Override
    public double size() {
      return 1;
    }
  }

  /**
   * On-chip memory that is read and written by words; size = bits. Energy is that of the bits of an
   * access, at the price of a memory of its capacity.
   */
  record Memory(int words, int bits) implements Component {
    public Memory {
      Widths.positive("memory words", words);
      Widths.positive("memory bits", bits);
    }

    @Override
    public String kind() {
      return "memory";
    }

    @Override
    public double size() {
      return (double) words * bits;
    }

    /** Capacity, rounded up to whole bytes. */
    public long bytes() {
      return ((long) words * bits + Byte.SIZE - 1) / Byte.SIZE;
    }
  }

  /** Flip-flops clocked every cycle; size = bits. */
  record Register(int bits) implements Component {
    public Register {
      Widths.positive("register bits", bits);
    }

    @Override
    public String kind() {
      return "register";
    }

    @Override
    public double size() {
      return bits;
    }
  }
}
