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
   * The sum over all parts, as areas are. Prices are expected in proportion to gate counts, in full
   * adders: a half adder's AND 0.27, a two-input multiplexer 0.573, an exclusive-or 0.45 (with these
   * factors the gate counts of Chen et al., arXiv 2510.25602, Table 6 give its areas of Table 5 within
   * 0.02); a maximum compares (1) and selects (0.573); a bit of a leading-zero counter is taken for 1.
   */
  PARTS(
      "gate counts",
      0.001,
      List.of(
          new Term("adder", Feature.SIZE, 1),
          new Term("leading_zero_counter", Feature.SIZE, 1),
          new Term("maximum", Feature.SIZE, 1.573),
          new Term("multiplier", Feature.SIZE, 0.27),
          new Term("multiplier", Feature.CARRIES, 1),
          new Term("negator", Feature.SIZE, 0.45),
          new Term("shifter", Feature.SIZE, 0.573))) {
    @Override
    double[] features(Inventory inventory) {
      double[] amounts = new double[terms().size()];
      for (Inventory.Line line : inventory.lines()) {
        String kind = ALIASES.getOrDefault(line.component().kind(), line.component().kind());
        for (int i = 0; i < amounts.length; i++) {
          if (terms().get(i).kind().equals(kind)) {
            amounts[i] += line.perUnit(terms().get(i).per());
          }
        }
      }
      return amounts;
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
          new Term("shifter", Feature.LEVEL, 0.6))) {
    @Override
    double[] features(Inventory inventory) {
      return CriticalPath.of(inventory).stream()
          .map(this::amounts)
          .max(Comparator.comparingDouble(this::expected))
          .orElseGet(() -> new double[terms().size()]);
    }

    private double expected(double[] amounts) {
      double sum = 0;
      for (int i = 0; i < amounts.length; i++) {
        sum += terms().get(i).expected() * amounts[i];
      }
      return sum;
    }

    private double[] amounts(CriticalPath path) {
      return terms().stream().mapToDouble(term -> levels(path, term.kind())).toArray();
    }

    private int levels(CriticalPath path, String kind) {
      if (kind.equals(CriticalPath.CARRY)) {
        return path.carryBits();
      }
      int levels = path.levels().getOrDefault(kind, 0);
      return kind.equals("shifter")
          ? levels + path.levels().getOrDefault("multiplexer", 0)
          : levels;
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

  /**
   * Kinds whose price is that of another: the bits of a multiplexer and of a shifter are both two-
   * input multiplexers, and few measured units have the former.
   */
  static final Map<String, String> ALIASES = Map.of("multiplexer", "shifter");

  private final String expectation;
  private final double weight;
  private final List<Term> terms;

  FitBasis(String expectation, double weight, List<Term> terms) {
    this.expectation = expectation;
    this.weight = weight;
    this.terms = terms;
  }

  /** The basis of a quantity that is measured of whole units. */
  static FitBasis of(Quantity quantity) {
    return quantity == Quantity.DELAY ? PATH : PARTS;
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
}
