package macroscope.accuracy;

import java.util.List;

/**
 * Errors of real answers.
 *
 * @param squares mean squared error of each sample
 * @param absolutes mean absolute error of each sample
 * @param noise of each sample's outputs against the float run, mean squares
 * @param signal mean squares of each sample's outputs in the float run
 * @param spread mean squared deviation of each sample's right answers from their mean over all
 */
@SuppressWarnings("ArrayRecordComponent")
record RegressionScores(
    double[] squares, double[] absolutes, double[] noise, double[] signal, double[] spread)
    implements Scores {
  private static final double DECIBELS = 10;

  static RegressionScores of(Dataset data, double[][] outputs, double[][] reference) {
    int n = outputs.length;
    RegressionScores scores =
        new RegressionScores(
            new double[n], new double[n], new double[n], new double[n], new double[n]);
    double[] means = means(data, n);
    for (int sample = 0; sample < n; sample++) {
      for (int i = 0; i < data.targets(); i++) {
        double right = data.answer(sample, i);
        double error = (outputs[sample][i] - right) / Math.sqrt(data.targets());
        double off = outputs[sample][i] - reference[sample][i];
        scores.squares[sample] += error * error;
        scores.absolutes[sample] += Math.abs(outputs[sample][i] - right) / data.targets();
        scores.noise[sample] += off * off / data.targets();
        scores.signal[sample] += reference[sample][i] * reference[sample][i] / data.targets();
        scores.spread[sample] += (right - means[i]) * (right - means[i]) / data.targets();
      }
    }
    return scores;
  }

  private static double[] means(Dataset data, int samples) {
    double[] means = new double[data.targets()];
    for (int i = 0; i < means.length; i++) {
      for (int sample = 0; sample < samples; sample++) {
        means[i] += data.answer(sample, i) / samples;
      }
    }
    return means;
  }

  @Override
  public List<Metric> metrics(Scores floatRun) {
    RegressionScores reference = (RegressionScores) floatRun;
    Mean mse = Mean.of(squares);
    double rmse = Math.sqrt(mse.value());
    return List.of(
        mse.metric("mse"),
        Mean.ofDifference(squares, reference.squares).metric("mse_delta"),
        new Metric("rmse", rmse, rmse == 0 ? 0 : mse.standardError() / (2 * rmse)),
        Mean.of(absolutes).metric("mae"),
        determination(mse),
        qsnr());
  }

  /** {@code 1 - mse / variance of the right answers}; its error is that of the mse. */
  private Metric determination(Mean mse) {
    double variance = Mean.of(spread).value();
    return new Metric("r2", 1 - mse.value() / variance, mse.standardError() / variance);
  }

  /** Signal to quantization noise of the outputs, in decibels; errors of both means, independent. */
  private Metric qsnr() {
    Mean s = Mean.of(signal);
    Mean e = Mean.of(noise);
    double relative =
        Math.hypot(
            s.standardError() / s.value(), e.value() == 0 ? 0 : e.standardError() / e.value());
    return new Metric(
        "output_qsnr_to_fp32",
        DECIBELS * StrictMath.log10(s.value() / e.value()),
        DECIBELS * relative / StrictMath.log(DECIBELS));
  }
}
