package macroscope.accuracy;

import java.util.Arrays;
import java.util.Optional;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;

/**
 * Judges a network under a quantization against its float run. Pure: same arguments, same bits, for
 * any number of threads; may be shared by threads.
 */
public final class NetworkEvaluator {
  private final Baseline baseline;

  public NetworkEvaluator(Baseline baseline) {
    this.baseline = baseline;
  }

  /** As {@link #evaluate(Quantization, int, Progress)}, without attention, telling nobody. */
  public AccuracyResult evaluate(
      TensorFormat weights,
      TensorFormat activations,
      Optional<DotProductUnit<?>> unit,
      int threads) {
    return evaluate(new Quantization(weights, activations, unit, false), threads, Progress.NONE);
  }

  /**
   * Runs the network on all samples.
   *
   * @param threads number of threads; the result does not depend on it
   * @throws IllegalArgumentException if the unit cannot read a format
   */
  public AccuracyResult evaluate(Quantization quantization, int threads, Progress progress) {
    Quantization calibrated = quantization.calibrated(baseline.model(), baseline.data());
    return evaluate(calibrated.arithmetic(), threads, progress);
  }

  /** As {@link #evaluate(Quantization, int, Progress)}, with an arithmetic that is observed. */
  public AccuracyResult evaluate(Arithmetic arithmetic, int threads, Progress progress) {
    Model model = baseline.model();
    Dataset data = baseline.data();
    ModelRunner runner = new ModelRunner(model.graph(), arithmetic);
    double[][] logits = BatchRun.logits(runner, model, data, threads, progress);
    Scores scores = Scores.of(model, data, logits, baseline.logits());
    return new AccuracyResult(
        scores.metrics(baseline.scores()), data.size(), nonFinite(logits), digest(logits));
  }

  private static String digest(double[][] logits) {
    Digest digest = new Digest();
    for (double[] sample : logits) {
      digest.add(sample);
    }
    return digest.hex();
  }

  private static int nonFinite(double[][] logits) {
    return (int)
        Arrays.stream(logits)
            .filter(sample -> !FiniteSamples.isFinite(sample, 0, sample.length))
            .count();
  }
}
