package macroscope.accuracy;

/**
 * The float run of a network on a data set, in double precision: what every design point is compared
 * with. Made once and shared.
 */
public final class Baseline {
  private final Model model;
  private final Dataset data;
  private final double[][] logits;
  private final Scores scores;

  private Baseline(Model model, Dataset data, double[][] logits) {
    this.model = model;
    this.data = data;
    this.logits = logits;
    this.scores = Scores.of(model, data, logits, logits);
  }

  /**
   * Runs the network.
   *
   * @param threads number of threads; the result does not depend on it
   * @throws macroscope.input.InputException if the data do not fit the network
   */
  public static Baseline of(Model model, Dataset data, int threads) {
    return of(model, data, threads, Progress.NONE);
  }

  /** As {@link #of(Model, Dataset, int)}, telling how far it is. */
  public static Baseline of(Model asked, Dataset data, int threads, Progress progress) {
    Fit.check(asked, data);
    Model model = asked.judgedBy(data);
    Arithmetic exact = new FloatArithmetic();
    ModelRunner runner = new ModelRunner(model.graph(), exact);
    return new Baseline(model, data, BatchRun.logits(runner, model, data, threads, progress));
  }

  public Model model() {
    return model;
  }

  public Dataset data() {
    return data;
  }

  double[][] logits() {
    return logits;
  }

  Scores scores() {
    return scores;
  }
}
