package macroscope.calibrate;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;

/**
 * Pre-shifted exponent biases (LLM-FP4, Liu et al., arXiv 2310.16836, section 4.2): each input channel
 * gets an exponent bias of its own, a whole number {@code b_j = round(log2(max|X| / max|X_j|))} of 0..2^e - 1,
 * which moves to the weights: inputs are multiplied by {@code 2^b_j}, weights divided. e are the
 * exponent bits of the activations' format; integers may move as far as 4 bits of exponent reach.
 */
record PreShift() implements CalibrationMethod {
  private static final int BITS_OF_INTEGERS = 4;

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedActivations("pre_shift");
    Calibration[] known = {before};
    run.inFloatByInput(
        before,
        group -> {
          LayerData first = group.get(0);
          if (run.keepsInputs(first.name(), first.before())) {
            return;
          }
          int most = most(run.activationFormat(first.name(), first.before()).element());
          int width = run.structure().columnsOfChannel(first.name());
          double[] x =
              ChannelStatistics.shared(
                  ChannelStatistics.absmax(first.inputs(), first.k()), width, Math::max);
          known[0] = known[0].withStep(group, new InputStep.Scale(factors(x, most)));
        });
    return known[0];
  }

  private static int most(NumberFormat element) {
    int bits = element instanceof FloatFormat f ? f.exponentBits() : BITS_OF_INTEGERS;
    return (1 << Math.min(bits, 8)) - 1;
  }

  private static double[] factors(double[] x, int most) {
    double largest = Arrays.stream(x).max().orElse(0);
    double[] factors = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double octaves = x[j] == 0 ? 0 : StrictMath.log(largest / x[j]) / StrictMath.log(2);
      factors[j] = Math.scalb(1.0, -(int) Math.min(most, Math.rint(octaves)));
    }
    return factors;
  }
}
