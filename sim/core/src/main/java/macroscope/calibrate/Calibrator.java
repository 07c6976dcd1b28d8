package macroscope.calibrate;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.LayerOverride;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;

/**
 * Calibrates networks and remembers the results by all they depend on, so that many units run on what
 * was learnt once. Used by many threads at once; the first that asks works, the others wait.
 */
public final class Calibrator {
  private final Map<String, Calibration> known = new ConcurrentHashMap<>();
  private final CalibrationStore store;

  /**
   * @param store what earlier runs have found, and what this one adds to
   */
  public Calibrator(CalibrationStore store) {
    this.store = store;
  }

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
        key -> {
          Optional<Calibration> kept = store.find(key);
          if (kept.isPresent()) {
            return kept.get();
          }
          Calibration found = pipeline.run(new CalibrationRun(model, data, quantization, threads));
          store.keep(key, found);
          return found;
        });
  }

  /**
   * All that a calibration depends on within one build of the program, as a digest; never the unit.
   * Formats count with all that they are: two may share a name.
   */
  private static String key(
      Pipeline pipeline, Model model, Dataset data, Quantization quantization) {
    String text = String.join("\n", pipeline.text(), model.digest(), data.digest());
    return Hashing.sha256()
        .newHasher()
        .putString(text, StandardCharsets.UTF_8)
        .putBytes(ObjectBytes.of(formats(quantization)))
        .hash()
        .toString();
  }

  private static List<Object> formats(Quantization quantization) {
    List<Object> formats = new ArrayList<>();
    formats.add(quantization.weights());
    formats.add(quantization.activations());
    formats.add(quantization.attention());
    formats.add(quantization.softmax());
    formats.add(quantization.results());
    for (LayerOverride own : quantization.overrides().all()) {
      formats.addAll(List.of(own.glob(), own.weights(), own.activations()));
    }
    return formats;
  }
}
