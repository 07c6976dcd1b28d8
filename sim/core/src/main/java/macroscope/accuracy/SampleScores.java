package macroscope.accuracy;

/** What each sample scored: means over its positions. */
record SampleScores(double[] nll, double[] correct, double[] kl, int nonFinite) {

  /** Scores of a run's logits, sample by sample; {@code reference} are the float run's. */
  static SampleScores of(Dataset data, int classes, double[][] logits, double[][] reference) {
    int n = logits.length;
    SampleScores scores = new SampleScores(new double[n], new double[n], new double[n], 0);
    int nonFinite = 0;
    for (int sample = 0; sample < n; sample++) {
      scores.score(data, classes, sample, logits[sample], reference[sample]);
      nonFinite += FiniteSamples.isFinite(logits[sample], 0, logits[sample].length) ? 0 : 1;
    }
    return new SampleScores(scores.nll, scores.correct, scores.kl, nonFinite);
  }

  private void score(Dataset data, int classes, int sample, double[] logits, double[] reference) {
    int positions = data.targets();
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
