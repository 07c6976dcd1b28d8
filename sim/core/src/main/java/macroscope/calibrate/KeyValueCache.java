package macroscope.calibrate;

import java.util.Map;
import java.util.TreeMap;
import macroscope.tensor.TensorFormat;

/**
 * Quantization of the keys and values that attention keeps: keys by channel and values by token, as KIVI
 * finds best (Liu et al., arXiv 2402.02750), or as told. Channels are rearranged where the format says {@code
 * sorted}, so that outliers share blocks with outliers (Trukhanov and Soloveychik, arXiv 2403.20137).
 *
 * @param keys format of keys
 * @param values format of values
 * @param keysByToken whether rows of keys are tokens when they are brought to the format
 * @param valuesByToken whether rows of values are
 */
record KeyValueCache(
    TensorFormat keys, TensorFormat values, boolean keysByToken, boolean valuesByToken)
    implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.RANGE;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    Map<String, CacheFormat> caches = new TreeMap<>();
    for (String product : run.structure().activationProducts()) {
      boolean weighs = run.structure().weighsValues(product);
      caches.put(
          product,
          weighs
              ? new CacheFormat(values, valuesByToken, true)
              : new CacheFormat(keys, keysByToken, false));
    }
    if (caches.isEmpty()) {
      throw new IllegalArgumentException("kv_cache finds no product of two activations");
    }
    return before.withCaches(caches);
  }
}
