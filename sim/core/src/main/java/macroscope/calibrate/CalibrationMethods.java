package macroscope.calibrate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import macroscope.tensor.TensorFormat;

/** The methods by name. */
public final class CalibrationMethods {
  private static final Map<String, Function<Parameters, CalibrationMethod>> METHODS = methods();

  private CalibrationMethods() {}

  private static Map<String, Function<Parameters, CalibrationMethod>> methods() {
    Map<String, Function<Parameters, CalibrationMethod>> methods = new LinkedHashMap<>();
    methods.put("equalize", p -> new Equalize(p.whole("iterations", 20, 1, 1000)));
    methods.put("smoothquant", p -> new SmoothQuant(p.number("alpha", 0.5, 0, 1), everywhere(p)));
    methods.put(
        "outlier_suppression",
        p -> new OutlierSuppression(p.whole("steps", 20, 1, 1000), everywhere(p)));
    methods.put("awq", p -> new Awq(p.whole("steps", 20, 2, 1000), p.flag("clip", false)));
    methods.put("pre_shift", p -> new PreShift());
    methods.put(
        "rotate",
        p -> new Rotate(p.whole("most", 1 << 16, 2, 1 << 20), p.whole("seed", 1, 0, 1 << 30)));
    methods.put("range", CalibrationMethods::range);
    methods.put(
        "clip",
        p -> new WeightClipping(p.whole("steps", 20, 1, 1000), p.number("lowest", 0.5, 0.01, 1)));
    methods.put("format_search", CalibrationMethods::formatSearch);
    methods.put("kv_cache", CalibrationMethods::cache);
    methods.put("gptq", p -> new Gptq(p.flag("act_order", false), p.number("damping", 0.01, 0, 1)));
    methods.put(
        "adaround",
        p -> new AdaRound(p.whole("iterations", 300, 1, 100_000), p.number("rate", 0.02, 0, 1)));
    methods.put(
        "adaquant",
        p -> new AdaQuant(p.whole("iterations", 100, 1, 100_000), p.number("rate", 0.1, 0, 10)));
    methods.put("vptq", p -> new VectorFeedback(p.number("damping", 0.01, 0, 1)));
    methods.put("double_rounding", p -> new DoubleRounding(p.whole("stored", 8, 2, 16)));
    methods.put("lorc", p -> new LowRankCompensation(p.whole("rank", 8, 1, 1 << 16)));
    methods.put("bias_correction", p -> new BiasCorrection());
    return methods;
  }

  private static boolean everywhere(Parameters p) {
    return p.choice("scope", "normalizations", List.of("normalizations", "all")).equals("all");
  }

  private static CalibrationMethod range(Parameters p) {
    List<String> words = Arrays.stream(RangeRule.Kind.values()).map(RangeRule.Kind::word).toList();
    String by = p.choice("by", "mse", words);
    RangeRule.Kind kind = RangeRule.Kind.valueOf(by.toUpperCase(Locale.ROOT));
    RangeRule rule = new RangeRule(kind, p.number("percentile", 99.99, 1, 100));
    String of = sides(p);
    return new RangeSetting(rule, !of.equals("activations"), !of.equals("weights"));
  }

  private static CalibrationMethod formatSearch(Parameters p) {
    String of = sides(p);
    return new FormatSearch(!of.equals("activations"), !of.equals("weights"));
  }

  private static String sides(Parameters p) {
    return p.choice("of", "both", List.of("weights", "activations", "both"));
  }

  private static CalibrationMethod cache(Parameters p) {
    TensorFormat keys = p.format("keys", "int4:channel");
    TensorFormat values = p.format("values", "int4:token");
    List<String> rows = List.of("token", "channel");
    return new KeyValueCache(
        keys,
        values,
        p.choice("key_rows", "channel", rows).equals("token"),
        p.choice("value_rows", "token", rows).equals("token"));
  }

  /** Names of all methods. */
  public static List<String> names() {
    return List.copyOf(METHODS.keySet());
  }

  /**
   * A method with its parameters.
   *
   * @throws IllegalArgumentException if there is no such method or parameter, with those that there are
   */
  public static Pipeline.Stage named(String name, Map<String, String> given) {
    Function<Parameters, CalibrationMethod> method = METHODS.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          "unknown calibration method " + name + "; one of " + String.join(", ", names()));
    }
    Parameters parameters = new Parameters(name, given);
    CalibrationMethod made = method.apply(parameters);
    parameters.requireAllRead();
    return new Pipeline.Stage(parameters.text(), made);
  }
}
