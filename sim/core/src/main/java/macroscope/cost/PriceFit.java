package macroscope.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/**
 * Prices of parts that explain measurements of whole units: non-negative, least in the squares of
 * relative errors so that a small unit counts as much as a large one. The parts of a unit are those
 * of its inventory; flip-flops are left out, as the measurements leave them out.
 */
public final class PriceFit {

  /** One coefficient: a kind of part and the feature that it multiplies. */
  public record Coefficient(String kind, Feature per) {}

  /** A unit, its measurement, and what the fitted prices predict. */
  public record Residual(SynthesizedUnit unit, double measured, double predicted) {
    /** (predicted - measured) / measured. */
    public double relative() {
      return predicted / measured - 1;
    }
  }

  /**
   * Kinds whose price is that of another: the bits of a multiplexer and of a shifter are both two-
   * input multiplexers, and no measured unit has the former.
   */
  static final Map<String, String> ALIASES = Map.of("multiplexer", "shifter");

  /**
   * Features of every kind that occurs in the measured units but of registers, and what to expect of
   * their prices, in full adders: a half adder's AND 0.27, a two-input multiplexer 0.573, an exclusive-
   * or 0.45 (with these factors the gate counts of Chen et al., arXiv 2510.25602, Table 6 give its
   * areas of Table 5 within 0.02); a maximum compares (1) and selects (0.573); a bit of a leading-zero
   * counter is taken for 1.
   */
  private static final List<Expectation> EXPECTATIONS =
      List.of(
          new Expectation(new Coefficient("adder", Feature.SIZE), 1),
          new Expectation(new Coefficient("leading_zero_counter", Feature.SIZE), 1),
          new Expectation(new Coefficient("maximum", Feature.SIZE), 1.573),
          new Expectation(new Coefficient("multiplier", Feature.SIZE), 0.27),
          new Expectation(new Coefficient("multiplier", Feature.CARRIES), 1),
          new Expectation(new Coefficient("negator", Feature.SIZE), 0.45),
          new Expectation(new Coefficient("shifter", Feature.SIZE), 0.573));

  private record Expectation(Coefficient coefficient, double fullAdders) {}

  /**
   * Weight of the expectation against the measurements. Parts that always occur together (maximum,
   * leading-zero counter) cannot be told apart by measurements of whole units; this keeps their prices
   * plausible at the cost of a few tenths of a percent of error in the fitted rows. Energies need more
   * of it: glitches make them a poor sum over parts, and a free fit gives negators none.
   */
  private static double weight(SynthesisMetric metric) {
    return metric.quantity() == Quantity.AREA ? 0.001 : 0.03;
  }

  /** Digits of a fitted price; more would claim what the residuals deny. */
  private static final MathContext SHOWN = new MathContext(4);

  private final List<SynthesizedUnit> units;
  private final double[][] features;
  private final double[] measured;
  private final double weight;

  private PriceFit(
      List<SynthesizedUnit> units, double[][] features, double[] measured, double weight) {
    this.units = units;
    this.features = features;
    this.measured = measured;
    this.weight = weight;
  }

  /**
   * Prepares the fit of the rows that have a metric.
   *
   * @throws IllegalArgumentException if fewer rows than coefficients have it
   */
  public static PriceFit of(List<SynthesisRow> rows, SynthesisMetric metric) {
    List<SynthesisRow> usable =
        rows.stream().filter(row -> row.measured().containsKey(metric.column())).toList();
    if (usable.size() < EXPECTATIONS.size()) {
      throw new IllegalArgumentException(
          "rows that have "
              + metric.column()
              + " must be at least "
              + EXPECTATIONS.size()
              + " to fit as many prices: "
              + usable.size());
    }
    return new PriceFit(
        usable.stream().map(SynthesisRow::unit).toList(),
        usable.stream().map(row -> features(row.unit().inventory())).toArray(double[][]::new),
        usable.stream()
            .mapToDouble(row -> row.measured().getOrDefault(metric.column(), 0.0) * metric.scale())
            .toArray(),
        weight(metric));
  }

  /** The fitted prices. */
  public Map<Coefficient, Double> prices() {
    double[] solution = solve(IntStream.range(0, measured.length).toArray());
    Map<Coefficient, Double> prices = new LinkedHashMap<>();
    for (int i = 0; i < solution.length; i++) {
      prices.put(EXPECTATIONS.get(i).coefficient(), solution[i]);
    }
    return prices;
  }

  /**
   * The fitted prices, the price of a flip-flop, and those of the kinds that are priced as another.
   *
   * @param source what the rows are and where they come from
   */
  public PriceTable table(SynthesisMetric metric, String source) {
    Map<String, List<PriceLaw.Term>> terms = new HashMap<>();
    String how =
        source
            + "; "
            + metric.tool()
            + "; non-negative least squares of relative errors, held near gate counts";
    prices()
        .forEach(
            (coefficient, value) ->
                terms
                    .computeIfAbsent(coefficient.kind(), kind -> new ArrayList<>())
                    .add(new PriceLaw.Term(coefficient.per(), fitted(metric, value, how))));
    ALIASES.forEach((kind, original) -> terms.put(kind, terms.getOrDefault(original, List.of())));
    terms.put("register", List.of(new PriceLaw.Term(Feature.SIZE, metric.register())));
    Map<String, PriceLaw> laws = new HashMap<>();
    terms.forEach((kind, law) -> laws.put(kind, new PriceLaw(law)));
    return new PriceTable(metric.unit(), laws);
  }

  private static Price fitted(SynthesisMetric metric, double value, String how) {
    double rounded = new BigDecimal(value).round(SHOWN).doubleValue();
    return new Price(rounded, metric.unit(), metric.node(), metric.volts(), how, Provenance.FITTED);
  }

  /** What the prices fitted on all rows predict of each. */
  public List<Residual> residuals() {
    int[] all = IntStream.range(0, measured.length).toArray();
    return predict(solve(all), all);
  }

  /**
   * What prices predict of each row that were fitted on the rows of all other pairs of formats: the
   * error to expect of a format that was never synthesized.
   */
  public List<Residual> leaveOneFormatOut() {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < measured.length; i++) {
      String pair = units.get(i).a() + "/" + units.get(i).b();
      groups.computeIfAbsent(pair, key -> new ArrayList<>()).add(i);
    }
    Residual[] residuals = new Residual[measured.length];
    for (List<Integer> group : groups.values()) {
      int[] rest = IntStream.range(0, measured.length).filter(i -> !group.contains(i)).toArray();
      int[] left = group.stream().mapToInt(Integer::intValue).toArray();
      List<Residual> predicted = predict(solve(rest), left);
      for (int i = 0; i < left.length; i++) {
        residuals[left[i]] = predicted.get(i);
      }
    }
    return Arrays.asList(residuals);
  }

  private List<Residual> predict(double[] prices, int[] rows) {
    List<Residual> residuals = new ArrayList<>();
    for (int row : rows) {
      residuals.add(new Residual(units.get(row), measured[row], predict(prices, row)));
    }
    return residuals;
  }

  private static double[] features(Inventory inventory) {
    double[] amounts = new double[EXPECTATIONS.size()];
    for (Inventory.Line line : inventory.lines()) {
      String kind = ALIASES.getOrDefault(line.component().kind(), line.component().kind());
      for (int i = 0; i < amounts.length; i++) {
        if (EXPECTATIONS.get(i).coefficient().kind().equals(kind)) {
          amounts[i] += line.perPass(EXPECTATIONS.get(i).coefficient().per());
        }
      }
    }
    return amounts;
  }

  /**
   * Minimises the mean over rows of (x . p / y - 1)^2 plus the weight times the mean over prices of
   * (p / e - 1)^2, for p >= 0, where e are the expected prices at the scale that fits the rows best.
   */
  private double[] solve(int[] rows) {
    double[] expected = expected(rows);
    int n = expected.length;
    R064Store quadratic = R064Store.FACTORY.make(n, n);
    R064Store linear = R064Store.FACTORY.make(n, 1);
    for (int i = 0; i < n; i++) {
      quadratic.set(i, i, weight / n);
      linear.set(i, 0, weight / n);
    }
    for (int row : rows) {
      double[] x = new double[n];
      Arrays.setAll(x, i -> features[row][i] * expected[i] / measured[row]);
      for (int i = 0; i < n; i++) {
        linear.add(i, 0, x[i] / rows.length);
        for (int j = 0; j < n; j++) {
          quadratic.add(i, j, x[i] * x[j] / rows.length);
        }
      }
    }
    double[] solution = nonNegative(quadratic, linear);
    Arrays.setAll(solution, i -> solution[i] * expected[i]);
    return solution;
  }

  /** The expected prices, all multiplied by the factor that fits the rows best. */
  private double[] expected(int[] rows) {
    double[] prices = EXPECTATIONS.stream().mapToDouble(Expectation::fullAdders).toArray();
    double sum = 0;
    double squares = 0;
    for (int row : rows) {
      double ratio = predict(prices, row) / measured[row];
      sum += ratio;
      squares += ratio * ratio;
    }
    double factor = sum / squares;
    Arrays.setAll(prices, i -> prices[i] * factor);
    return prices;
  }

  private double predict(double[] prices, int row) {
    double predicted = 0;
    for (int i = 0; i < prices.length; i++) {
      predicted += prices[i] * features[row][i];
    }
    return predicted;
  }

  private static double[] nonNegative(R064Store quadratic, R064Store linear) {
    int n = (int) linear.countRows();
    R064Store atLeastZero = R064Store.FACTORY.make(n, n);
    for (int i = 0; i < n; i++) {
      atLeastZero.set(i, i, -1);
    }
    Optimisation.Result result =
        ConvexSolver.newBuilder()
            .objective(quadratic, linear)
            .inequalities(atLeastZero, R064Store.FACTORY.make(n, 1))
            .build()
            .solve();
    if (!result.getState().isFeasible()) {
      throw new IllegalStateException("least squares found no prices: " + result.getState());
    }
    double[] solution = new double[n];
    Arrays.setAll(solution, i -> Math.max(0, result.doubleValue(i)));
    return solution;
  }
}
