package macroscope.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.cost.TechnologyNode;
import macroscope.cost.TechnologyScaling;
import macroscope.input.InputException;

/**
 * How a technology is asked for: a shipped name or a path, and a node and a supply behind it if it is to
 * be scaled, as in {@code 45nm@16nm} or {@code 45nm@16nm:0.8V}.
 *
 * @param text all of it
 * @param base the name or path
 * @param nanometres the node to scale to; empty if it is not scaled
 * @param volts the supply to scale to, if given
 */
record TechnologySpelling(
    String text, String base, OptionalDouble nanometres, OptionalDouble volts) {

  private static final String NUMBER = "-?\\d{1,6}(?:\\.\\d{1,4})?";

  /** What may stand behind the last @; a folder's name may have one too. */
  private static final Pattern SCALED =
      Pattern.compile("(?<base>.*)@(?<to>[^@/]*)", Pattern.DOTALL);

  private static final Pattern NODE =
      Pattern.compile("(?<node>" + NUMBER + ")nm(?::(?<volts>" + NUMBER + ")V)?");

  private static final String RULE =
      "behind @ there must be a node as in 16nm, or a node and a supply as in 16nm:0.8V: ";

  /**
   * Reads a spelling.
   *
   * @throws InputException if what is behind the @ is no node
   */
  static TechnologySpelling of(String text) {
    Matcher scaled = SCALED.matcher(text);
    if (!scaled.matches() || text.endsWith(".yaml")) {
      return new TechnologySpelling(text, text, OptionalDouble.empty(), OptionalDouble.empty());
    }
    Matcher node = NODE.matcher(scaled.group("to"));
    if (!node.matches()) {
      throw refused(text, RULE + scaled.group("to"));
    }
    if (scaled.group("base").isEmpty()) {
      throw refused(text, "before @ there must be a known name or a path ending in .yaml");
    }
    return new TechnologySpelling(
        text,
        scaled.group("base"),
        OptionalDouble.of(Double.parseDouble(node.group("node"))),
        Optional.ofNullable(node.group("volts"))
            .map(volts -> OptionalDouble.of(Double.parseDouble(volts)))
            .orElseGet(OptionalDouble::empty));
  }

  /** The file that the prices come from. */
  Path file() {
    return TechnologyFile.shipped().resolve(base);
  }

  /**
   * The technology, scaled if so asked.
   *
   * @throws InputException if it cannot be scaled so
   */
  TechnologyNode technology() {
    TechnologyNode technology = TechnologyFile.read(file());
    if (nanometres.isEmpty()) {
      return technology;
    }
    try {
      return TechnologyScaling.scaled(technology, nanometres.getAsDouble(), volts);
    } catch (IllegalArgumentException e) {
      throw refused(text, String.valueOf(e.getMessage()));
    }
  }

  private static InputException refused(String text, String rule) {
    return new InputException("technology " + text, rule);
  }
}
