package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.cost.CostModel;
import macroscope.cost.MissingPriceException;
import macroscope.cost.Quantity;
import macroscope.cost.TechnologyNode;
import macroscope.sweep.UnitCurves;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Units along a parameter as a YAML file has them; {@code charts} tells it from other sweeps.
 *
 * @param name of the run and of its folder
 * @param title of the charts
 */
public record UnitCurvesFile(
    Located<String> name, String title, Axis<String> technologies, List<Chart> charts) {

  /** A value of the axis, or so many times it: {@code {w}}, {@code {4*k}}. */
  private static final Pattern PLACE = Pattern.compile("\\{(?:(\\d{1,4})\\*)?([A-Za-z_]+)}");

  /**
   * A chart.
   *
   * @param name of its files
   * @param symbol that stands for the value of the axis in names of units
   */
  public record Chart(
      Located<String> name,
      String title,
      String axis,
      String symbol,
      Axis<Integer> values,
      UnitCurves.Array array,
      List<Curve> curves) {}

  /**
   * A curve.
   *
   * @param unit name of a unit in which {@code {symbol}} or {@code {4*symbol}} stands for the value
   */
  public record Curve(String name, Located<String> unit) {}

  /**
   * Reads a comparison; every unit is made and priced once, so that what cannot be drawn is refused
   * here.
   *
   * @throws macroscope.input.InputException naming file, line and key for whatever does not fit
   */
  public static UnitCurves read(Path path) {
    return Yaml.read(path, UnitCurvesFile.class).curves();
  }

  private UnitCurves curves() {
    List<TechnologyNode> nodes =
        technologies.values().stream()
            .map(one -> at(one.place(), () -> TechnologyFile.find(one.value())))
            .toList();
    List<UnitCurves.Chart> made = charts.stream().map(chart -> chart(chart, nodes)).toList();
    return new UnitCurves(fileName(name), title, nodes, made);
  }

  private static String fileName(Located<String> name) {
    if (!name.value().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw name.place().refuse("must be letters, digits, '.', '_' and '-': " + name.value());
    }
    return name.value();
  }

  private static UnitCurves.Chart chart(Chart chart, List<TechnologyNode> nodes) {
    List<Integer> values = chart.values.values().stream().map(Located::value).toList();
    return new UnitCurves.Chart(
        fileName(chart.name),
        chart.title,
        chart.axis,
        values,
        chart.array,
        chart.curves.stream().map(curve -> curve(curve, chart.symbol, values, nodes)).toList());
  }

  private static UnitCurves.Curve curve(
      Curve curve, String symbol, List<Integer> values, List<TechnologyNode> nodes) {
    Place place = curve.unit.place();
    return new UnitCurves.Curve(
        curve.name,
        values.stream()
            .map(value -> filled(curve.unit, symbol, value))
            .map(unit -> at(place, () -> priced(UnitNames.find(unit), nodes)))
            .toList());
  }

  private static UnitSpec priced(UnitSpec unit, List<TechnologyNode> nodes) {
    for (TechnologyNode node : nodes) {
      CostModel model = new CostModel(node);
      for (Quantity quantity : List.of(Quantity.AREA, Quantity.ENERGY)) {
        model
            .missing(quantity, Units.create(unit).inventory())
            .ifPresent(
                missing -> {
                  throw missing;
                });
      }
    }
    return unit;
  }

  private static String filled(Located<String> unit, String symbol, int value) {
    Matcher places = PLACE.matcher(unit.value());
    StringBuilder text = new StringBuilder();
    while (places.find()) {
      if (!places.group(2).equals(symbol)) {
        throw unit.place().refuse("must name {" + symbol + "}, not " + places.group());
      }
      int factor = places.group(1) == null ? 1 : Integer.parseInt(places.group(1));
      places.appendReplacement(text, Integer.toString(Math.multiplyExact(factor, value)));
    }
    return places.appendTail(text).toString();
  }

  private static <T> T at(Place place, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException | MissingPriceException e) {
      throw place.refuse(e);
    }
  }
}
