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
          "leading_zero_counter",
          "maximum",
          "multiplexer",
          "multiplier",
          "negator",
          "register",
          "shifter");

  /** The name of the part in a technology's price list. */
  String kind();

  /** The size that cost is linear in, as each record says; at least 0. */
  double size();

  /** The value of a feature that a price may be proportional to. */
  default double feature(Feature feature) {
    return switch (feature) {
      case INSTANCE -> 1;
      case SIZE -> size();
      case CARRIES -> 0;
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

  /** Conditional two's complement negation (exclusive-or row; the carry joins the adder); size = bits. */
  record Negator(int bits) implements Component {
    public Negator {
      Widths.positive("negator bits", bits);
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

    @Override
    public int levels() {
      return Widths.ceilLog2(ways);
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
