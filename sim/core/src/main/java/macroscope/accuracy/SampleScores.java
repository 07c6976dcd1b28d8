package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;

/** What each sample of a classification or a language model scored: means over its positions. */
record SampleScores(Task task, double[] nll, double[] correct, double[] kl) implements Scores {

  /** Scores of a run's logits, sample by sample; {@code reference} are the float run's. */
  static SampleScores of(Task task, Dataset data, double[][] logits, double[][] reference) {
    int n = logits.length;
    SampleScores scores = new SampleScores(task, new double[n], new double[n], new double[n]);
    for (int sample = 0; sample < n; sample++) {
      scores.score(data, sample, logits[sample], reference[sample]);
    }
    return scores;
  }

  @Override
  public List<Metric> metrics(Scores floatRun) {
    SampleScores reference = (SampleScores) floatRun;
    Mean meanNll = Mean.of(nll);
    Mean nllDelta = Mean.ofDifference(nll, reference.nll);
    List<Metric> metrics = new ArrayList<>();
    if (task == Task.CLASSIFICATION) {
      metrics.add(Mean.of(correct).metric("accuracy"));
      metrics.add(Mean.ofDifference(correct, reference.correct).metric("accuracy_delta"));
    } else {
      metrics.add(meanNll.bits().metric("bits_per_char"));
      metrics.add(nllDelta.bits().metric("bits_per_char_delta"));
      double perplexity = StrictMath.exp(meanNll.value());
      metrics.add(new Metric("ppl_per_char", perplexity, perplexity * meanNll.standardError()));
    }
    metrics.add(meanNll.metric("nll"));
    metrics.add(nllDelta.metric("nll_delta"));
    metrics.add(Mean.of(kl).bits().metric("kl_bits_to_fp32"));
    return metrics;
  }

  private void score(Dataset data, int sample, double[] logits, double[] reference) {
    int positions = data.targets();
    int classes = logits.length / positions;
    double nllSum = 0;
    double correctSum = 0;
    double klSum = 0;
    for (int position = 0; position < positions; position++) {
      int at = position * classes;
      int target = data.target(sample, position);
      double norm = Rows.logSumExp(logits, at, classes);
      nllSum += norm - logits[at + target];
      correctSum += firstLargest(logits, at, classes) == target ? 1 : 0;
      klSum += divergence(reference, logits, norm, at, classes);
    }
    nll[sample] = nllSum / positions;
    correct[sample] = correctSum / positions;
    kl[sample] = klSum / positions;
  }

  private static int firstLargest(double[] logits, int at, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[at + c] > logits[at + best]) {
        best = c;
      }
    }
    return best;
  }

  /** KL(reference || logits) in nats. */
  private static double divergence(
      double[] reference, double[] logits, double norm, int at, int classes) {
    double referenceNorm = Rows.logSumExp(reference, at, classes);
    double sum = 0;
    for (int i = at; i < at + classes; i++) {
      double logProbability = reference[i] - referenceNorm;
      sum += StrictMath.exp(logProbability) * (logProbability - (logits[i] - norm));
    }
    return sum;
  }
}
