package macroscope.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import macroscope.tensor.Coding;

/**
 * Methods in the order in which they run: transforms, ranges and formats, rounding, corrections, as
 * "Post-training quantization with low-precision minifloats and integers on FPGAs" applies them (arXiv
 * 2311.12359).
 */
public record Pipeline(List<Stage> stages) {

  /** No calibration. */
  public static final Pipeline NONE = new Pipeline(List.of());

  /**
   * A method by name.
   *
   * @param text the method with all parameters
   */
  public record Stage(String text, CalibrationMethod method) {
    /** Name of the method. */
    String name() {
      return text.replaceFirst(":.*", "");
    }
  }

  /**
   * @throws IllegalArgumentException if a method stands behind one of a later phase, twice, or after
   *     another that chose the codes
   */
  public Pipeline {
    stages = List.copyOf(stages);
    for (int i = 1; i < stages.size(); i++) {
      requireOrder(stages.get(i - 1), stages.get(i));
    }
    List<String> names = stages.stream().map(Stage::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("each method may stand once: " + String.join(", ", names));
    }
  }

  private static void requireOrder(Stage first, Stage second) {
    CalibrationMethod.Phase earlier = first.method().phase();
    CalibrationMethod.Phase later = second.method().phase();
    if (later.compareTo(earlier) < 0) {
      throw new IllegalArgumentException(
          second.name()
              + " ("
              + word(later)
              + ") must stand before "
              + first.name()
              + " ("
              + word(earlier)
              + "); the order is transform, range, rounding, correction");
    }
    if (later == earlier && later == CalibrationMethod.Phase.ROUNDING) {
      throw new IllegalArgumentException(
          "the codes can be chosen once: by " + first.name() + " or by " + second.name());
    }
  }

  private static String word(CalibrationMethod.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The methods of a text: {@code smoothquant:alpha=0.5,gptq:act_order=true,damping=0.02}. A part with an
   * equals sign and no method is one more parameter of the method before; {@code none} and an empty
   * text are no calibration.
   *
   * @throws IllegalArgumentException naming what is wrong and what is allowed
   */
  public static Pipeline parse(String text) {
    if (text.isBlank() || text.trim().equals("none")) {
      return NONE;
    }
    List<String> names = new ArrayList<>();
    List<Map<String, String>> parameters = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] halves = part.trim().split(":", 2);
      boolean method = !halves[0].contains("=");
      if (method) {
        names.add(halves[0].trim());
        parameters.add(new LinkedHashMap<>());
      }
      String parameter = method ? (halves.length == 2 ? halves[1] : "") : part;
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a method must stand before its parameters: " + part);
      }
      if (!parameter.isBlank()) {
        add(parameter, parameters.get(parameters.size() - 1));
      }
    }
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      stages.add(CalibrationMethods.named(names.get(i), parameters.get(i)));
    }
    return new Pipeline(stages);
  }

  private static void add(String parameter, Map<String, String> parameters) {
    String[] sides = parameter.trim().split("=", 2);
    if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank()) {
      throw new IllegalArgumentException("a parameter must be name=value: " + parameter.trim());
    }
    if (parameters.put(sides[0].trim(), sides[1].trim()) != null) {
      throw new IllegalArgumentException("a parameter may stand once: " + sides[0].trim());
    }
  }

  /** Names of all methods, for a label. */
  public String names() {
    return stages.stream().map(Stage::name).collect(Collectors.joining("+"));
  }

  /** All methods with all parameters; {@code none} for none. */
  public String text() {
    return stages.isEmpty()
        ? "none"
        : stages.stream().map(Stage::text).collect(Collectors.joining(","));
  }

  /**
   * Runs the methods.
   *
   * @throws IllegalArgumentException naming the method that does not fit the network or the formats
   */
  public Calibration run(CalibrationRun run) {
    if (!stages.isEmpty()
        && run.quantization().activations().coding() instanceof Coding.MixedBlocks) {
      throw new IllegalArgumentException(
          "blocks of two widths learn the order of channels themselves and take no calibration");
    }
    Calibration known = Calibration.NONE;
    for (Stage stage : stages) {
      known = stage.method().apply(known, run);
    }
    return known;
  }
}
