package macroscope.calibrate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;

/**
 * Calibrates networks and remembers the results by all they depend on, so that many units run on what
 * was learnt once. Used by many threads at once; the first that asks works, the others wait.
 */
public final class Calibrator {
  private final Map<String, Calibration> known = new ConcurrentHashMap<>();

  /**
   * What methods find for a network.
   *
   * @param data inputs to learn from
   * @param threads the result does not depend on it
   * @throws IllegalArgumentException if a method does not fit the network or the formats
   */
  public Calibration of(
      Pipeline pipeline, Model model, Dataset data, Quantization quantization, int threads) {
    if (pipeline.stages().isEmpty()) {
      return Calibration.NONE;
    }
    return known.computeIfAbsent(
        key(pipeline, model, data, quantization),
        key -> pipeline.run(new CalibrationRun(model, data, quantization, threads)));
  }

  /** All that a calibration depends on within one build of the program; never the unit. */
  private static String key(
      Pipeline pipeline, Model model, Dataset data, Quantization quantization) {
    return String.join(
        "\n",
        pipeline.text(),
        model.digest(),
        data.digest(),
        quantization.weights().toString(),
        quantization.activations().toString(),
        quantization.attention() + " " + quantization.softmax() + quantization.results().text(),
        quantization.onExactSums().overrides().text());
  }
}
