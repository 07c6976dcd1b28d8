package macroscope.calibrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The methods by name. */
public final class CalibrationMethods {
  private static final Map<String, Function<Parameters, CalibrationMethod>> METHODS = methods();

  private CalibrationMethods() {}

  private static Map<String, Function<Parameters, CalibrationMethod>> methods() {
    Map<String, Function<Parameters, CalibrationMethod>> methods = new LinkedHashMap<>();
    methods.put("smoothquant", CalibrationMethods::smoothQuant);
    methods.put("awq", p -> new Awq(p.whole("steps", 20, 2, 1000), p.flag("clip", false)));
    methods.put(
        "clip",
        p -> new WeightClipping(p.whole("steps", 20, 1, 1000), p.number("lowest", 0.5, 0.01, 1)));
    methods.put("gptq", p -> new Gptq(p.flag("act_order", false), p.number("damping", 0.01, 0, 1)));
    return methods;
  }

  private static CalibrationMethod smoothQuant(Parameters p) {
    double alpha = p.number("alpha", 0.5, 0, 1);
    return new SmoothQuant(
        alpha, p.choice("scope", "normalizations", List.of("normalizations", "all")).equals("all"));
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
