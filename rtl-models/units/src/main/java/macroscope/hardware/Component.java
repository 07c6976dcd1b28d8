package macroscope.hardware;

/**
 * A part that hardware is built from. The vocabulary is closed: a technology prices these parts and
 * nothing else, so that every unit has a price in every technology that prices its parts.
 *
 * <p>Widths are in bits. {@link #kind()} is the name under which a technology file prices the part
 * and {@link #size()} the feature that its law is linear in.
 */
public sealed interface Component {

  /** The name of the part in a technology's price list. */
  String kind();

  /** The size that cost is linear in, as each record says; at least 0. */
  double size();

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
  }

  /** Barrel shifter of a {@code bits} wide word by 0..maxShift; size = bits * ceil(log2(maxShift+1)). */
  record Shifter(int bits, int maxShift) implements Component {
    public Shifter {
      Widths.positive("shifter bits", bits);
      Widths.positive("shifter maxShift", maxShift);
    }

    @Override
    public String kind() {
      return "shifter";
    }

    @Override
    public double size() {
      return (double) bits * Widths.ceilLog2(maxShift + 1);
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
