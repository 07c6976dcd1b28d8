package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
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
    SampleScores scores = SampleScores.of(data, model.classes(), logits, baseline.logits());
    return new AccuracyResult(
        metrics(model.task(), scores), data.size(), scores.nonFinite(), digest(logits));
  }

  private static String digest(double[][] logits) {
    Digest digest = new Digest();
    for (double[] sample : logits) {
      digest.add(sample);
    }
    return digest.hex();
  }

  private List<Metric> metrics(Task task, SampleScores run) {
    SampleScores reference = baseline.scores();
    Mean nll = Mean.of(run.nll());
    Mean nllDelta = Mean.ofDifference(run.nll(), reference.nll());
    List<Metric> metrics = new ArrayList<>();
    if (task == Task.CLASSIFICATION) {
      metrics.add(Mean.of(run.correct()).metric("accuracy"));
      metrics.add(Mean.ofDifference(run.correct(), reference.correct()).metric("accuracy_delta"));
    } else {
      metrics.add(nll.bits().metric("bits_per_char"));
      metrics.add(nllDelta.bits().metric("bits_per_char_delta"));
      double perplexity = StrictMath.exp(nll.value());
      metrics.add(new Metric("ppl_per_char", perplexity, perplexity * nll.standardError()));
    }
    metrics.add(nll.metric("nll"));
    metrics.add(nllDelta.metric("nll_delta"));
    metrics.add(Mean.of(run.kl()).bits().metric("kl_bits_to_fp32"));
    return metrics;
  }
}
