package macroscope.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import macroscope.config.YamlNode.Scalar;

/** Turns a scalar node into a Java value of exactly the wanted type. */
final class Scalars {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private Scalars() {}

  static Object bind(YamlNode node, Class<?> type) {
    if (type == String.class) {
      return text(node);
    }
    if (type == int.class || type == Integer.class) {
      return (int) integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return integer(node, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return number(node);
    }
    if (type == boolean.class || type == Boolean.class) {
      return flag(node);
    }
    if (type.isEnum()) {
      return constant(node, type);
    }
    throw new IllegalStateException("no binding for " + type);
  }

  private static String text(YamlNode node) {
    if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.TEXT) {
      if (scalar.text().isBlank()) {
        throw node.place().refuse("text must not be empty");
      }
      return scalar.text();
    }
    throw node.place().refuse("must be text, not " + node.kind());
  }

  private static long integer(YamlNode node, long least, long most) {
    if (node instanceof Scalar scalar
        && scalar.type() == Scalar.Type.INTEGER
        && INTEGER.matcher(scalar.text()).matches()) {
      try {
        long value = Long.parseLong(scalar.text());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException tooLong) {
        // Told below, as for one that fits a long but not the type.
      }
      throw node.place().refuse("must lie in " + least + ".." + most + ": " + scalar.text());
    }
    throw node.place().refuse("must be a whole number, not " + node.kind());
  }

  private static double number(YamlNode node) {
    if (node instanceof Scalar scalar && NUMBER.matcher(scalar.text()).matches()) {
      double value = Double.parseDouble(scalar.text());
      if (Double.isFinite(value)) {
        return value;
      }
    }
    throw node.place().refuse("must be a finite number, not " + node.kind());
  }

  private static boolean flag(YamlNode node) {
    if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.FLAG) {
      return Boolean.parseBoolean(scalar.text());
    }
    throw node.place().refuse("must be true or false, not " + node.kind());
  }

  private static Object constant(YamlNode node, Class<?> type) {
    String text = text(node);
    List<String> known =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
            .toList();
    int index = known.indexOf(text);
    if (index < 0) {
      throw node.place()
          .refuse("must be one of " + String.join(", ", known) + ", not " + node.kind());
    }
    return type.getEnumConstants()[index];
  }
}
