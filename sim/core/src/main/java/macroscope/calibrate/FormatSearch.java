package macroscope.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.Quantization;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.tensor.Coding;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * LLM-FP4's joint search of format and largest value (Liu et al., arXiv 2310.16836, section 4.1): of all
 * splits of a float's bits into exponent and fraction, and of scales of each region, those with the least
 * error. A real scale is an exponent bias that is no whole number. Weights: squared error of the layer's
 * output; scales by {@link ScaleRule#SEARCH} where the innermost are found by absmax. Activations: squared
 * error of the inputs themselves, scales as the format finds them while the network runs. The formats
 * found have numbers for all codes ({@code gen_eXmY_fin}); the layer keeps its own where nothing is better.
 *
 * @param ofWeights whether formats of weights are searched
 * @param ofActivations whether formats of activations are searched
 */
record FormatSearch(boolean ofWeights, boolean ofActivations) implements CalibrationMethod {
  private static final int SAMPLES = 4;

  @Override
  public Phase phase() {
    return Phase.RANGE;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    if (ofWeights) {
      run.requireQuantizedWeights("format_search of=weights");
    }
    for (String layer : run.layers()) {
      requireFloat(ofWeights, "weights", run.quantization().of(layer).weights());
    }
    if (ofActivations) {
      run.requireQuantizedActivations("format_search of=activations");
    }
    for (String layer : run.layers()) {
      requireFloat(ofActivations, "activations", run.quantization().of(layer).activations());
    }
    Calibration[] known = {before};
    run.inFloat(
        before,
        layer -> {
          LayerCalibration found = layer.before();
          Quantization own = run.quantization().of(layer.name());
          Optional<TensorFormat> w =
              ofWeights && !Quantization.isPlain(own.weights())
                  ? Optional.of(bestOfWeights(layer, own.weights()))
                  : found.weightFormat();
          Optional<TensorFormat> a =
              ofActivations && !Quantization.isPlain(own.activations())
                  ? Optional.of(bestOfActivations(layer, own.activations()))
                  : found.activationFormat();
          known[0] = known[0].with(layer.name(), found.withFormats(w, a));
        });
    return known[0];
  }

  private static void requireFloat(boolean searched, String what, TensorFormat format) {
    boolean fits =
        format.element() instanceof FloatFormat f
            && f.signed()
            && f.bits() <= 8
            && format.coding() instanceof Coding.Single;
    if (searched && !fits && !Quantization.isPlain(format)) {
      throw new IllegalArgumentException(
          "format_search needs " + what + " in floats of at most 8 bits: " + format.name());
    }
  }

  /** The format itself, then those with another split. */
  private static List<TensorFormat> candidates(TensorFormat format, boolean searchScales) {
    List<TensorFormat> candidates = new ArrayList<>(List.of(format));
    int bits = format.element().bits();
    for (int exponent = 1; exponent <= Math.min(5, bits - 1); exponent++) {
      String name = "gen_e" + exponent + "m" + (bits - 1 - exponent) + "_fin";
      NumberFormat element = Formats.canonical(name);
      candidates.add(
          new TensorFormat(
              format.name() + "(" + name + ")", element, levels(format, searchScales)));
    }
    return candidates;
  }

  private static List<ScaleLevel> levels(TensorFormat format, boolean searchScales) {
    List<ScaleLevel> levels = new ArrayList<>(format.levels());
    int last = levels.size() - 1;
    if (searchScales && last >= 0 && levels.get(last).rule() == ScaleRule.ABSMAX) {
      ScaleLevel level = levels.get(last);
      levels.set(last, new ScaleLevel(level.extent(), level.format(), ScaleRule.SEARCH));
    }
    return levels;
  }

  private static TensorFormat bestOfWeights(LayerData layer, TensorFormat format) {
    DMatrixRMaj gram = layer.gram();
    double[] w = layer.toQuantize();
    TensorFormat best = format;
    double least = Double.POSITIVE_INFINITY;
    for (TensorFormat candidate : candidates(format, true)) {
      double[] readBack = Quantizer.quantize(candidate, w, layer.n(), layer.k()).decode();
      double loss = ProxyLoss.of(readBack, layer.reference(), layer.n(), layer.k(), gram);
      if (loss < least) {
        least = loss;
        best = candidate;
      }
    }
    return best;
  }

  private static TensorFormat bestOfActivations(LayerData layer, TensorFormat format) {
    List<double[]> inputs = layer.inputs();
    TensorFormat best = format;
    double least = Double.POSITIVE_INFINITY;
    for (TensorFormat candidate : candidates(format, false)) {
      double loss = 0;
      for (double[] x : inputs.subList(0, Math.min(SAMPLES, inputs.size()))) {
        double[] readBack =
            Quantizer.quantize(candidate, x, x.length / layer.k(), layer.k()).decode();
        for (int i = 0; i < x.length; i++) {
          loss += (readBack[i] - x[i]) * (readBack[i] - x[i]);
        }
      }
      if (loss < least) {
        least = loss;
        best = candidate;
      }
    }
    return best;
  }
}
