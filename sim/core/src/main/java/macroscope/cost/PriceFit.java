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
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/**
 * Prices of parts that explain measurements of whole units: non-negative, and least in the squares of
 * relative errors, so that a small unit counts as much as a large one. The parts of a unit are those
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

  /** Features of every kind that occurs in the measured units but of registers. */
  private static final List<Coefficient> COEFFICIENTS =
      List.of(
          new Coefficient("adder", Feature.SIZE),
          new Coefficient("leading_zero_counter", Feature.SIZE),
          new Coefficient("maximum", Feature.SIZE),
          new Coefficient("multiplier", Feature.SIZE),
          new Coefficient("multiplier", Feature.CARRIES),
          new Coefficient("negator", Feature.SIZE),
          new Coefficient("shifter", Feature.SIZE));

  /** Digits of a fitted price; more would claim what the residuals deny. */
  private static final MathContext SHOWN = new MathContext(4);

  /** Share of the mean diagonal that keeps the equations solvable where a part does not occur. */
  private static final double RIDGE = 1e-9;

  private final List<SynthesizedUnit> units;
  private final double[][] features;
  private final double[] measured;

  private PriceFit(List<SynthesizedUnit> units, double[][] features, double[] measured) {
    this.units = units;
    this.features = features;
    this.measured = measured;
  }

  /**
   * Prepares the fit of the rows that have a metric.
   *
   * @throws IllegalArgumentException if fewer rows than coefficients have it
   */
  public static PriceFit of(List<SynthesisRow> rows, SynthesisMetric metric) {
    List<SynthesisRow> usable =
        rows.stream().filter(row -> row.measured().containsKey(metric.column())).toList();
    if (usable.size() < COEFFICIENTS.size()) {
      throw new IllegalArgumentException(
          "rows that have "
              + metric.column()
              + " must be at least "
              + COEFFICIENTS.size()
              + " to fit as many prices: "
              + usable.size());
    }
    return new PriceFit(
        usable.stream().map(SynthesisRow::unit).toList(),
        usable.stream().map(row -> features(row.unit().inventory())).toArray(double[][]::new),
        usable.stream()
            .mapToDouble(row -> row.measured().getOrDefault(metric.column(), 0.0) * metric.scale())
            .toArray());
  }

  /** The fitted prices. */
  public Map<Coefficient, Double> prices() {
    double[] solution = solve(IntStream.range(0, measured.length).toArray());
    Map<Coefficient, Double> prices = new LinkedHashMap<>();
    for (int i = 0; i < solution.length; i++) {
      prices.put(COEFFICIENTS.get(i), solution[i]);
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
    String how = source + "; " + metric.tool() + "; non-negative least squares of relative errors";
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
      double predicted = 0;
      for (int i = 0; i < prices.length; i++) {
        predicted += prices[i] * features[row][i];
      }
      residuals.add(new Residual(units.get(row), measured[row], predicted));
    }
    return residuals;
  }

  private static double[] features(Inventory inventory) {
    double[] amounts = new double[COEFFICIENTS.size()];
    for (Inventory.Line line : inventory.lines()) {
      String kind = ALIASES.getOrDefault(line.component().kind(), line.component().kind());
      for (int i = 0; i < amounts.length; i++) {
        if (COEFFICIENTS.get(i).kind().equals(kind)) {
          amounts[i] += line.perPass(COEFFICIENTS.get(i).per());
        }
      }
    }
    return amounts;
  }

  /**
   * Minimises the sum over rows of (x . p / y - 1)^2 for p >= 0. Each feature is scaled to a mean
   * square of 1 first, so that the solver's tolerance means the same for all.
   */
  private double[] solve(int[] rows) {
    int n = COEFFICIENTS.size();
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      for (int row : rows) {
        scale[i] += Math.pow(features[row][i] / measured[row], 2);
      }
      scale[i] = scale[i] > 0 ? Math.sqrt(scale[i] / rows.length) : 1;
    }
    R064Store quadratic = R064Store.FACTORY.make(n, n);
    R064Store linear = R064Store.FACTORY.make(n, 1);
    for (int row : rows) {
      for (int i = 0; i < n; i++) {
        double xi = features[row][i] / measured[row] / scale[i];
        linear.add(i, 0, xi);
        for (int j = 0; j < n; j++) {
          quadratic.add(i, j, xi * features[row][j] / measured[row] / scale[j]);
        }
      }
    }
    double[] solution = nonNegative(quadratic, linear, rows.length);
    for (int i = 0; i < n; i++) {
      solution[i] /= scale[i];
    }
    return solution;
  }

  private static double[] nonNegative(R064Store quadratic, R064Store linear, int rows) {
    int n = COEFFICIENTS.size();
    R064Store atLeastZero = R064Store.FACTORY.make(n, n);
    for (int i = 0; i < n; i++) {
      quadratic.add(i, i, RIDGE * rows);
      atLeastZero.set(i, i, -1);
    }
    MatrixStore<Double> zero = R064Store.FACTORY.make(n, 1);
    Optimisation.Result result =
        ConvexSolver.newBuilder()
            .objective(quadratic, linear)
            .inequalities(atLeastZero, zero)
            .build()
            .solve();
    if (!result.getState().isFeasible()) {
      throw new IllegalStateException("least squares found no prices: " + result.getState());
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = Math.max(0, result.doubleValue(i));
    }
    return solution;
  }
}
