package macroscope.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;

/**
 * What a law is linear in, and what to expect of its coefficients: a dozen at most, each of a part that
 * occurs in measured units.
 */
enum FitBasis {
  /**
   * The sum over all parts, as areas of gates are. Prices are expected in proportion to gate counts, in full
   * adders: a half adder's AND 0.27, a two-input multiplexer 0.573, an exclusive-or 0.45 (with these
   * factors the gate counts of Chen et al., arXiv 2510.25602, Table 6 give its areas of Table 5 within
   * 0.02); a maximum compares (1) and selects (0.573); a bit of a leading-zero counter is taken for 1. The
   * bits of a shifter, of a selector and of a table of constants are the same two-input multiplexers.
   */
  GATES(
      "gate counts",
      0.001,
      List.of(
          new Term("adder", Feature.SIZE, 1),
          new Term("leading_zero_counter", Feature.SIZE, 1),
          new Term("maximum", Feature.SIZE, 1.573),
          new Term("multiplier", Feature.SIZE, 0.27),
          new Term("multiplier", Feature.CARRIES, 1),
          new Term("negator", Feature.SIZE, 0.45),
          new Term("shifter", Feature.SIZE, 0.573)),
      Aliases.MULTIPLEXERS) {
    @Override
    double[] features(Inventory inventory) {
      return sums(inventory);
    }
  },
  /**
   * The same in six-input lookup tables, where adders, negators, selectors and tables of constants are
   * counted by what fills one. A bit of a shifter is half of one: two stages are a selector of four.
   */
  LOOKUP_TABLES(
      "gate counts",
      0.001,
      List.of(
          new Term("adder", Feature.FUNCTIONS, 1),
          new Term("leading_zero_counter", Feature.SIZE, 1),
          new Term("maximum", Feature.SIZE, 1.573),
          new Term("multiplexer", Feature.FUNCTIONS, 1),
          new Term("multiplier", Feature.SIZE, 0.27),
          new Term("multiplier", Feature.CARRIES, 1),
          new Term("negator", Feature.FUNCTIONS, 0.45),
          new Term("shifter", Feature.SIZE, 0.5)),
      Map.of("constant_table", "multiplexer", "sum_and_difference", "adder")) {
    @Override
    double[] features(Inventory inventory) {
      return sums(inventory);
    }
  },
  /**
   * The sum along the longest path ({@link CriticalPath}). Expected in proportion to the bit of a ripple
   * carry: an adder's first sum and last exclusive-or and the wires between parts 5, a row of an array
   * multiplier 2, a multiplexer 0.6, the rest between.
   */
  PATH(
      "gate delays",
      0.01,
      List.of(
          new Term("adder", Feature.LEVEL, 5),
          new Term(CriticalPath.CARRY, Feature.LEVEL, 1),
          new Term("leading_zero_counter", Feature.LEVEL, 1),
          new Term("maximum", Feature.LEVEL, 1),
          new Term("multiplier", Feature.LEVEL, 2),
          new Term("negator", Feature.LEVEL, 1.5),
          new Term("shifter", Feature.LEVEL, 0.6)),
      Aliases.MULTIPLEXERS) {
    @Override
    double[] features(Inventory inventory) {
      return slowest(inventory);
    }
  },
  /**
   * The same in the fabric of an FPGA with four-input lookup tables, where a step is a table and a wire
   * of about 1 ns and a carry an eighth of that (iCE40 HX, as nextpnr 0.4 reports paths). A maximum and
   * its carry, a row of a multiplier, a stage of a shifter are a step each; so is an adder beside its carry.
   */
  FABRIC_PATH(
      "delays of lookup tables, wires and carries",
      0.01,
      List.of(
          new Term("adder", Feature.LEVEL, 8),
          new Term(CriticalPath.CARRY, Feature.LEVEL, 1),
          new Term("leading_zero_counter", Feature.LEVEL, 8),
          new Term("maximum", Feature.LEVEL, 8),
          new Term("multiplier", Feature.LEVEL, 8),
          new Term("negator", Feature.LEVEL, 8),
          new Term("shifter", Feature.LEVEL, 8)),
      Aliases.MULTIPLEXERS) {
    @Override
    double[] features(Inventory inventory) {
      return slowest(inventory);
    }
  };

  /**
   * One coefficient.
   *
   * @param kind of part
   * @param per the feature that it multiplies
   * @param expected in proportion to the others
   */
  record Term(String kind, Feature per, double expected) {}

  /** Kinds made of two-input multiplexers and of adders. */
  private static final class Aliases {
    private static final Map<String, String> MULTIPLEXERS =
        Map.of(
            "multiplexer", "shifter", "constant_table", "shifter", "sum_and_difference", "adder");
  }

  private final String expectation;
  private final double weight;
  private final List<Term> terms;
  private final Map<String, String> aliases;

  FitBasis(String expectation, double weight, List<Term> terms, Map<String, String> aliases) {
    this.expectation = expectation;
    this.weight = weight;
    this.terms = terms;
    this.aliases = aliases;
  }

  /** The basis of what is measured of whole units. */
  static FitBasis of(SynthesisMetric metric) {
    if (metric.quantity() == Quantity.DELAY) {
      return metric.clock() ? FABRIC_PATH : PATH;
    }
    return metric.unit().equals("LUT6") ? LOOKUP_TABLES : GATES;
  }

  /** Kinds whose price is that of another, since few measured units have them. */
  Map<String, String> aliases() {
    return aliases;
  }

  /** The kind that a kind is priced as. */
  String original(String kind) {
    return aliases.getOrDefault(kind, kind);
  }

  /** Each term's feature, summed over the parts that it prices. */
  double[] sums(Inventory inventory) {
    double[] amounts = new double[terms.size()];
    for (Inventory.Line line : inventory.lines()) {
      String kind = original(line.component().kind());
      for (int i = 0; i < amounts.length; i++) {
        if (terms.get(i).kind().equals(kind)) {
          amounts[i] += line.perUnit(terms.get(i).per());
        }
      }
    }
    return amounts;
  }

  /**
   * Weight of the expectation against the measurements. Parts that always occur together (maximum,
   * leading-zero counter) cannot be told apart by measurements of whole units; this keeps their prices
   * plausible at the cost of a few tenths of a percent of error in the fitted rows.
   */
  double weight() {
    return weight;
  }

  /** What the coefficients are held near, for people. */
  String expectation() {
    return expectation;
  }

  List<Term> terms() {
    return terms;
  }

  /** What the coefficients multiply, for one unit. */
  abstract double[] features(Inventory inventory);

  /** Each term's steps along the path that is expected to be the slowest. */
  double[] slowest(Inventory inventory) {
    return CriticalPath.of(inventory).stream()
        .map(this::steps)
        .max(Comparator.comparingDouble(this::expected))
        .orElseGet(() -> new double[terms.size()]);
  }

  private double expected(double[] amounts) {
    double sum = 0;
    for (int i = 0; i < amounts.length; i++) {
      sum += terms.get(i).expected() * amounts[i];
    }
    return sum;
  }

  private double[] steps(CriticalPath path) {
    return terms.stream().mapToDouble(term -> levels(path, term.kind())).toArray();
  }

  private int levels(CriticalPath path, String kind) {
    if (kind.equals(CriticalPath.CARRY)) {
      return path.carryBits();
    }
    return path.levels().entrySet().stream()
        .filter(steps -> original(steps.getKey()).equals(kind))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
