package macroscope.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.config.UnitNames;
import macroscope.input.InputException;
import macroscope.rtl.Twin;
import macroscope.rtl.Twins;
import macroscope.unit.UnitSpec;
import picocli.CommandLine.Option;

/** Whether a unit's twin is the unit alone or an array of it. */
final class TwinOptions {

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,3})x(\\d{1,3})");

  @Option(
      names = "--array",
      paramLabel = "RxC",
      description = "An output-stationary array of R rows and C columns of an integer_mac unit.")
  private Optional<String> array = Optional.empty();

  Twin twin(String unit) {
    return array
        .map(shape -> inArray(UnitNames.find(unit), shape))
        .orElseGet(() -> Twins.named(unit, UnitNames::find));
  }

  private static Twin inArray(UnitSpec spec, String shape) {
    Matcher matcher = SHAPE.matcher(shape);
    if (!matcher.matches()) {
      throw new InputException("--array", "must be rows and columns, as in 4x4: " + shape);
    }
    try {
      return Twins.array(
          spec, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    } catch (IllegalArgumentException e) {
      throw new InputException("--array", String.valueOf(e.getMessage()), e);
    }
  }
}
