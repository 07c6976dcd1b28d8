package macroscope.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;

/**
 * The parameters of a method as the user wrote them. Each is read once, by name, with what stands for
 * it where it is missing; then {@link #text} has all of them in the order in which they were read.
 */
public final class Parameters {
  private final String method;
  private final Map<String, String> given;
  private final Map<String, String> read = new LinkedHashMap<>();

  /**
   * @param method name of the method, for messages
   * @param given values by name
   */
  public Parameters(String method, Map<String, String> given) {
    this.method = method;
    this.given = Map.copyOf(given);
  }

  private String value(String name, String otherwise) {
    String value = given.getOrDefault(name, otherwise);
    read.put(name, value);
    return value;
  }

  /** A number within bounds. */
  double number(String name, double otherwise, double least, double most) {
    String text = value(name, plain(otherwise));
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        read.put(name, plain(number));
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, plain(least) + ".." + plain(most), text);
    }
    throw wrong(name, plain(least) + ".." + plain(most), text);
  }

  /** A whole number within bounds. */
  int whole(String name, int otherwise, int least, int most) {
    double number = number(name, otherwise, least, most);
    if (number != Math.rint(number)) {
      throw wrong(name, "a whole number", plain(number));
    }
    return (int) number;
  }

  /** True or false. */
  boolean flag(String name, boolean otherwise) {
    return choice(name, Boolean.toString(otherwise), List.of("true", "false")).equals("true");
  }

  /** One of some words. */
  String choice(String name, String otherwise, List<String> words) {
    String text = value(name, otherwise);
    if (!words.contains(text)) {
      throw wrong(name, "one of " + String.join(", ", words), text);
    }
    return text;
  }

  /** A scheme of a matrix. */
  TensorFormat format(String name, String otherwise) {
    String text = value(name, otherwise);
    try {
      return TensorFormats.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(method + ": " + name + ": " + e.getMessage(), e);
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private IllegalArgumentException wrong(String name, String rule, String text) {
    return new IllegalArgumentException(method + ": " + name + " must be " + rule + ": " + text);
  }

  /** Refuses what nobody read. */
  void requireAllRead() {
    for (String name : given.keySet()) {
      if (!read.containsKey(name)) {
        String known =
            read.isEmpty() ? "it has none" : "one of " + String.join(", ", read.keySet());
        throw new IllegalArgumentException(method + ": unknown parameter " + name + "; " + known);
      }
    }
  }

  /** The method with all parameters, {@code gptq:act_order=false,damping=0.01}: equal texts, equal bits. */
  String text() {
    List<String> parts = new ArrayList<>();
    read.forEach((name, value) -> parts.add(name + "=" + value));
    return parts.isEmpty() ? method : method + ":" + String.join(",", parts);
  }
}
