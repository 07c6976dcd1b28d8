package macroscope.elementwise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;

/**
 * Integer-only operations of papers by name, each with parameters that can be given anew, {@code
 * ivit_shiftmax:row=128,output_bits=16}:
 *
 * <ul>
 *   <li>{@code hawq_v3_requantizer}: scale, multiplier_bits, rounding, zero_point, output, row
 *   <li>{@code ivit_shiftmax}, {@code ivit_shiftgelu}: input_bits, row, inverse_scale, fraction_bits,
 *       output_bits
 *   <li>{@code ivit_layernorm}: input_bits, row, iterations
 *   <li>{@code two_pass_softmax}, {@code three_pass_softmax}: input_bits, row, fraction_bits, table_bits,
 *       output_bits
 * </ul>
 */
public final class RowUnits {

  /**
   * An operation of a paper.
   *
   * @param name as users write it
   * @param source where it comes from
   * @param parameters usual values of its keys
   */
  public record Entry(String name, String source, Map<String, String> parameters) {}

  private static final List<Entry> ALL =
      List.of(
          entry(
              "hawq_v3_requantizer",
              "HAWQ-V3, Yao et al., arXiv 2011.10680, section 3.1: dyadic scales; the scale is an"
                  + " example",
              "scale=0.00390625,multiplier_bits=31,rounding=half_up,zero_point=0,output=int8,row=1"),
          entry(
              "ivit_shiftmax",
              "I-ViT, Li and Gu, arXiv 2207.01405, algorithm 1; widths, row and scale are choices",
              "input_bits=24,row=128,inverse_scale=64,fraction_bits=15,output_bits=8"),
          entry(
              "ivit_shiftgelu",
              "I-ViT, Li and Gu, arXiv 2207.01405, algorithm 2; widths, row and scale are choices",
              "input_bits=16,row=512,inverse_scale=64,fraction_bits=23,output_bits=8"),
          entry(
              "ivit_layernorm",
              "I-ViT, Li and Gu, arXiv 2207.01405, section 3.5; widths and row are choices",
              "input_bits=16,row=128,iterations=10"),
          entry(
              "two_pass_softmax",
              "Softermax, Stevens et al., arXiv 2103.09301: base 2, online largest number (Milakov"
                  + " and Gimelshein, arXiv 1805.02867); widths are choices",
              "input_bits=24,row=128,fraction_bits=6,table_bits=16,output_bits=16"),
          entry(
              "three_pass_softmax",
              "As two_pass_softmax, the largest number found before",
              "input_bits=24,row=128,fraction_bits=6,table_bits=16,output_bits=16"));

  private final String text;
  private final Map<String, String> values;

  private RowUnits(String text, Map<String, String> values) {
    this.text = text;
    this.values = values;
  }

  private static Entry entry(String name, String source, String parameters) {
    return new Entry(name, source, pairs(name, parameters));
  }

  /** All operations. */
  public static List<Entry> all() {
    return ALL;
  }

  /** The operation of a name, with or without parameters behind it. */
  public static Optional<Entry> find(String text) {
    String name = text.split(":", 2)[0];
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /**
   * The unit that a text names; empty if its name is none of an operation.
   *
   * @throws IllegalArgumentException naming the text, the key and the rule if a parameter is wrong
   */
  public static Optional<RowUnit> named(String text) {
    return find(text).map(entry -> of(text, entry));
  }

  private static RowUnit of(String text, Entry entry) {
    Map<String, String> values = new LinkedHashMap<>(entry.parameters());
    int colon = text.indexOf(':');
    if (colon >= 0) {
      Map<String, String> given = pairs(text, text.substring(colon + 1));
      TreeSet<String> unknown = new TreeSet<>(given.keySet());
      unknown.removeAll(values.keySet());
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            text + ": unknown " + unknown.first() + "; there are " + keys(entry));
      }
      values.putAll(given);
    }
    try {
      return new RowUnits(text, values).unit(entry.name());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
    }
  }

  private static String keys(Entry entry) {
    return String.join(", ", new TreeSet<>(entry.parameters().keySet()));
  }

  private static Map<String, String> pairs(String text, String parameters) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : parameters.split(",", -1)) {
      int sign = pair.indexOf('=');
      if (sign < 1 || pairs.put(pair.substring(0, sign), pair.substring(sign + 1)) != null) {
        throw new IllegalArgumentException(text + ": must be key=value, each key once: " + pair);
      }
    }
    return pairs;
  }

  private RowUnit unit(String name) {
    RowOperation operation =
        switch (name) {
          case "hawq_v3_requantizer" -> requantizer();
          case "ivit_shiftmax" -> new Shiftmax(exponential(), number("output_bits"));
          case "ivit_shiftgelu" -> new ShiftGelu(exponential(), number("output_bits"));
          case "ivit_layernorm" -> new IntegerLayerNorm(number("iterations"));
          default -> softmax(name.equals("two_pass_softmax") ? 2 : 3);
        };
    int bits =
        operation instanceof Requantizer ? Requantizer.ACCUMULATOR_BITS : number("input_bits");
    return new RowUnit(text, operation, bits, number("row"));
  }

  private ShiftExponential exponential() {
    return new ShiftExponential(number("inverse_scale"), number("fraction_bits"));
  }

  private PowerSoftmax softmax(int passes) {
    return new PowerSoftmax(
        number("fraction_bits"), number("table_bits"), number("output_bits"), passes);
  }

  private Requantizer requantizer() {
    if (!(Formats.forUser(value("output")) instanceof IntegerFormat output)) {
      throw new IllegalArgumentException("output must be an integer format: " + value("output"));
    }
    DyadicScale scale = DyadicScale.nearest(real("scale"), number("multiplier_bits"), rounding());
    return new Requantizer(scale, number("zero_point"), output);
  }

  private ShiftRounding rounding() {
    String name = value("rounding");
    return Stream.of(ShiftRounding.values())
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rounding must be one of " + ShiftRounding.names() + ": " + name));
  }

  private String value(String key) {
    return values.getOrDefault(key, "");
  }

  private int number(String key) {
    try {
      return Integer.parseInt(value(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a whole number: " + value(key), e);
    }
  }

  private double real(String key) {
    try {
      return Double.parseDouble(value(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a number: " + value(key), e);
    }
  }
}
