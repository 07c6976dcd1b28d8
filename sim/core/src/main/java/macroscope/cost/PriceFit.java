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
import java.util.function.Function;
import java.util.stream.IntStream;
import macroscope.hardware.Feature;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/**
 * Prices of parts that explain measurements of whole units: non-negative, least in the squares of
 * relative errors so that a small unit counts as much as a large one. The parts of a unit are those
 * of its inventory, or of the longest path through it; flip-flops are left out, as the measurements
 * leave them out.
 */
public final class PriceFit {

  /** One coefficient: a kind of part and the feature that it multiplies. */
  public record Coefficient(String kind, Feature per) {}

  /** A unit, its measurement, and what the fitted prices predict. */
  public record Residual(SynthesisRow row, double measured, double predicted) {
    /** (predicted - measured) / measured. */
    public double relative() {
      return predicted / measured - 1;
    }
  }

  /** Digits of a fitted price; more would claim what the residuals deny. */
  private static final MathContext SHOWN = new MathContext(4);

  private final FitBasis basis;
  private final String column;
  private final List<SynthesisRow> rows;
  private final double[][] features;
  private final double[] measured;

  private PriceFit(
      FitBasis basis,
      String column,
      List<SynthesisRow> rows,
      double[][] features,
      double[] measured) {
    this.basis = basis;
    this.column = column;
    this.rows = rows;
    this.features = features;
    this.measured = measured;
  }

  /**
   * Prepares the fit of the rows that have a metric.
   *
   * @throws IllegalArgumentException if fewer rows than coefficients have it
   */
  public static PriceFit of(List<SynthesisRow> rows, SynthesisMetric metric) {
    FitBasis basis = FitBasis.of(metric);
    List<SynthesisRow> usable =
        rows.stream().filter(row -> row.measured().containsKey(metric.column())).toList();
    if (usable.size() < basis.terms().size()) {
      throw new IllegalArgumentException(
          "rows that have "
              + metric.column()
              + " must be at least "
              + basis.terms().size()
              + " to fit as many prices: "
              + usable.size());
    }
    return new PriceFit(
        basis,
        metric.column(),
        usable,
        usable.stream().map(row -> basis.features(row.inventory())).toArray(double[][]::new),
        usable.stream()
            .mapToDouble(row -> row.measured().getOrDefault(metric.column(), 0.0))
            .toArray());
  }

  /** The fitted prices. */
  public Map<Coefficient, Double> prices() {
    double[] solution = solve(IntStream.range(0, measured.length).toArray());
    Map<Coefficient, Double> prices = new LinkedHashMap<>();
    for (int i = 0; i < solution.length; i++) {
      FitBasis.Term term = basis.terms().get(i);
      prices.put(new Coefficient(term.kind(), term.per()), solution[i]);
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
            + "; non-negative least squares of relative errors, held near "
            + basis.expectation();
    prices()
        .forEach(
            (coefficient, value) ->
                terms
                    .computeIfAbsent(coefficient.kind(), kind -> new ArrayList<>())
                    .add(new PriceLaw.Term(coefficient.per(), fitted(metric, value, how))));
    basis
        .aliases()
        .forEach((kind, original) -> terms.put(kind, terms.getOrDefault(original, List.of())));
    Feature perRegister = metric.quantity() == Quantity.DELAY ? Feature.LEVEL : Feature.SIZE;
    terms.put("register", List.of(new PriceLaw.Term(perRegister, metric.register())));
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
    return leaveOut(SynthesisRow::formats);
  }

  /**
   * What prices predict of each row that were fitted on all other kinds of units: the error to expect of
   * a kind that was never synthesized.
   */
  public List<Residual> leaveOneUnitOut() {
    return leaveOut(SynthesisRow::family);
  }

  /** What the fitted prices predict of rows that were not fitted and have the metric. */
  public List<Residual> heldOut(List<SynthesisRow> others) {
    double[] prices = solve(IntStream.range(0, measured.length).toArray());
    return others.stream()
        .filter(row -> row.measured().containsKey(column))
        .map(row -> new Residual(row, row.measured().get(column), predict(prices, row)))
        .toList();
  }

  private double predict(double[] prices, SynthesisRow row) {
    return predict(prices, basis.features(row.inventory()));
  }

  private List<Residual> leaveOut(Function<SynthesisRow, String> groupOf) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < measured.length; i++) {
      groups.computeIfAbsent(groupOf.apply(rows.get(i)), key -> new ArrayList<>()).add(i);
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

  private List<Residual> predict(double[] prices, int[] chosen) {
    List<Residual> residuals = new ArrayList<>();
    for (int row : chosen) {
      residuals.add(new Residual(rows.get(row), measured[row], predict(prices, features[row])));
    }
    return residuals;
  }

  /**
   * Minimises the mean over rows of (x . p / y - 1)^2 plus the weight times the mean over prices of
   * (p / e - 1)^2, for p >= 0, where e are the expected prices at the scale that fits the rows best.
   */
  private double[] solve(int[] chosen) {
    double[] expected = expected(chosen);
    int n = expected.length;
    R064Store quadratic = R064Store.FACTORY.make(n, n);
    R064Store linear = R064Store.FACTORY.make(n, 1);
    for (int i = 0; i < n; i++) {
      quadratic.set(i, i, basis.weight() / n);
      linear.set(i, 0, basis.weight() / n);
    }
    for (int row : chosen) {
      double[] x = new double[n];
      Arrays.setAll(x, i -> features[row][i] * expected[i] / measured[row]);
      for (int i = 0; i < n; i++) {
        linear.add(i, 0, x[i] / chosen.length);
        for (int j = 0; j < n; j++) {
          quadratic.add(i, j, x[i] * x[j] / chosen.length);
        }
      }
    }
    double[] solution = nonNegative(quadratic, linear);
    Arrays.setAll(solution, i -> solution[i] * expected[i]);
    return solution;
  }

  /** The expected prices, all multiplied by the factor that fits the rows best. */
  private double[] expected(int[] chosen) {
    double[] prices = basis.terms().stream().mapToDouble(FitBasis.Term::expected).toArray();
    double sum = 0;
    double squares = 0;
    for (int row : chosen) {
      double ratio = predict(prices, features[row]) / measured[row];
      sum += ratio;
      squares += ratio * ratio;
    }
    double factor = sum / squares;
    Arrays.setAll(prices, i -> prices[i] * factor);
    return prices;
  }

  private static double predict(double[] prices, double[] amounts) {
    double predicted = 0;
    for (int i = 0; i < prices.length; i++) {
      predicted += prices[i] * amounts[i];
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
